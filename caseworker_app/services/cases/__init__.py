"""Use cases about children: facts recorded, cases joined and parted, lists, what is undecided."""
