"""Word templates: what they ask for, what they may not do, and what a filled one says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.letters import details_of, fields_for
from caseworker_app.reports import word_template
from caseworker_app.reports.ready_letters import document, ready
from tests.support.papers import word


def made(folder: Path, text: str, **more: str) -> bytes:
    return word(folder / "made.docx", text, **more).read_bytes()


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ child_name.__init__.__globals__ }}",
        "{{ child_name['__class__'] }}",
        "{{ child_name._secret }}",
        "{{ child_name|upper }}",
        "{{ cycler() }}",
        "{{ self }}{% block a %}{% endblock %}",
        "{% for one in range(999999999) %}{% endfor %}",
        "{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}",
        "{% for a in items recursive %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'a' %}",
        "{% import 'os' as os %}",
        "{% macro f() %}{% endmacro %}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ [1] * 9 }}",
        "{% if x is defined %}{% endif %}",
    ],
)
def test_a_template_can_name_fields_and_no_more(tmp_path: Path, hostile: str) -> None:
    data = made(tmp_path, hostile)
    for ask in (
        lambda: word_template.asked(data, "T.docx"),
        lambda: word_template.fill(data, {"child_name": "A", "items": []}, "T.docx"),
    ):
        with pytest.raises(Unreadable, match=r"T\.docx does more than a letter template may"):
            ask()
    # Nor in a header.
    with pytest.raises(Unreadable, match="does more"):
        word_template.asked(made(tmp_path, "Dear", header=hostile), "T.docx")


@pytest.mark.parametrize("text", ["{{ child_name", "{% if upn %} a", "{{ }}", "{% endif %}"])
def test_a_field_that_cannot_be_read_is_told_with_the_words_around(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(Unreadable, match=r"has a field that cannot be read, near .*\{"):
        word_template.asked(made(tmp_path, f"Dear {text}"), "T.docx")


def test_a_broken_file_is_one_plain_sentence(tmp_path: Path) -> None:
    whole = made(tmp_path, "Dear {{ to_name }}")
    broken = [b"", b"PK", b"a letter", whole[: len(whole) // 2], whole[:-30]]
    emptied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(emptied, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<a>" if part == "word/document.xml" else old.read(part))
    for data in (*broken, emptied.getvalue()):
        with pytest.raises(Unreadable, match=r"T\.docx is not a Word document"):
            word_template.asked(data, "T.docx")


def test_much_packed_into_little_is_too_large(tmp_path: Path) -> None:
    data = io.BytesIO(made(tmp_path, "Dear"))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b" " * 9_000_000)
    with pytest.raises(Unreadable, match="too large"):
        word_template.asked(data.getvalue(), "T.docx")


def test_what_is_filled_in_is_text_whatever_it_holds(tmp_path: Path) -> None:
    data = made(tmp_path, "Dear {{ a }}; {{ b }}", header="{{ a }}")
    values = {"a": "<w:t>Ada</w:t> & {{ b }} {% if %}", "b": "1 High St\nLondon"}
    filled = word_template.fill(data, values, "T")
    body = word_template.words(filled, body=True)
    assert body == "Dear <w:t>Ada</w:t> & {{ b }} {% if %}; 1 High St\nLondon"
    assert word_template.words(filled).count("Ada") == 2


def test_a_field_under_an_if_of_its_own_is_not_missed(tmp_path: Path) -> None:
    text = "{{ to_name }}{% if upn and x == 'y' %}{{ upn }}{{ setting }}{% endif %}"
    found = word_template.asked(made(tmp_path, text), "T")
    assert found.fields == ("to_name", "upn", "x", "setting")
    assert found.needed == {"to_name", "setting"}


def test_every_ready_template_asks_for_fields_that_exist() -> None:
    assert len(ready()) >= 4
    for one in ready():
        found = word_template.asked(document(one.file), one.name)
        assert not found.unknown(one.kind, one.fact), one.name
        assert bool(one.fact) == (one.kind != "minutes"), one.name
        assert found.fields
        if one.kind == "minutes":
            assert found.unknown("other", "")
    assert fields_for("review_decision_sent")["outcome"] == "Outcome"
    assert details_of("") == {}
