"""What `event_order` is made of: the order as data, the pieces it is held against, the checks."""
