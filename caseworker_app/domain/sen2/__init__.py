"""The SEN2 person-level return: its layout by year, its rows from case files, its checks."""
