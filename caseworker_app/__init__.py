"""Caseworker: statutory dates for EHC plans, on the desk of the people who meet them."""

import os

__version__ = "0.1.0"

# Word documents need lxml, and openpyxl would take it up where it finds it: strangers' workbooks
# would be read by another parser than the one tried with hostile files, and rows written as text
# (`reports.ready_rows`) would find another stream. openpyxl asks this when it is first loaded.
os.environ["OPENPYXL_LXML"] = "False"
