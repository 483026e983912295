"""Workbooks and SEN2 files, read into incoming cases with everything that could not be read."""
