"""Places: pupils beside places commissioned, and a forecast of plans by simulation."""
