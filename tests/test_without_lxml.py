"""Workbooks are read and written without lxml, though Word documents bring it along."""

from __future__ import annotations

import importlib.util

import caseworker_app


def test_openpyxl_does_not_take_up_lxml() -> None:
    from openpyxl.xml import LXML
    from openpyxl.xml.functions import fromstring

    assert caseworker_app.__version__
    assert importlib.util.find_spec("lxml") is not None
    assert LXML is False
    assert fromstring.__module__ == "xml.etree.ElementTree"
