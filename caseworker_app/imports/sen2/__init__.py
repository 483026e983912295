"""The SEN2 person-level return as incoming children: exports, pre-submission book, template."""
