"""Audits of plans and what families say: the use cases around them."""
