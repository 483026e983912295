"""What is true whatever the screen or the store: children, facts, rules, deadlines, measures.

Standard library and dateutil only. Nothing here reads a clock, a file or a database.
"""
