"""Files as sheets of cells, whatever wrote them; what is no such file says so in one sentence."""
