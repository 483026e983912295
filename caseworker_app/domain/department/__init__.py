"""Files shaped as those that the Department for Education publishes of EHC plans."""
