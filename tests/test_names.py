"""Names as people write them: cleaned, compared, and taken apart."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.names import (
    clean,
    clean_lines,
    contact_key,
    folded,
    is_legal_form,
    split_who,
)

# With the halves of surrogate pairs, which JSON can carry and no encoding accepts.
anything = st.text(st.characters())
MARKS_OF_DIRECTION = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.bidirectional(chr(code))
    in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
] + ["\u200e", "\u200f", "\u061c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Lee", "Dana Lee"),
        ("  Dana \t\n Lee ", "Dana Lee"),
        ("Da\u200bna\ufeff Lee", "Dana Lee"),
        ("\u202eDana\u202c Lee", "Dana Lee"),
        ("Zoe\u0308", "Zoë"),
        ("Zoe\u200b\u0308", "Zoë"),
        ("a\x00b\x1b[0m", "ab[0m"),
        ("a\rb\x0bc\x85d\u2028e", "a b c d e"),
        ("دانا @ شركة", "دانا @ شركة"),
        ("\ud83d Dana", "Dana"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("mark", MARKS_OF_DIRECTION, ids=ascii)
def test_no_mark_of_direction_stays(mark: str) -> None:
    assert clean(f"Dana{mark}Lee") == "DanaLee"


@given(anything)
def test_clean_text_is_one_line_that_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned)
    cleaned.encode()


@given(anything)
def test_clean_lines_keeps_lines_and_cleans_each(text: str) -> None:
    cleaned = clean_lines(text)
    assert clean_lines(cleaned) == cleaned
    assert all(line == clean(line) for line in cleaned.split("\n"))


def test_clean_lines_from_any_system() -> None:
    assert clean_lines("one \r\n  two\rthree\n") == "one\n\ntwo\nthree"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Lee", "DANA  lee"),
        ("Zoë", "Zoe"),
        ("José", "JOSE\u0301"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "finance"),
        ("İpek", "ipek"),
    ],
)
def test_case_and_accents_make_no_other_contact(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert contact_key(one, "Acme") == contact_key(other, "ACME")


def test_other_contacts_have_other_keys() -> None:
    keys = {contact_key("Dana", "Acme"), contact_key("", "Dana"), contact_key("Dana", "")}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("text", "name", "organization"),
    [
        ("Dana Lee @ Acme", "Dana Lee", "Acme"),
        ("Dana Lee @Acme", "Dana Lee", "Acme"),
        ("Dana Lee at Acme", "Dana Lee", "Acme"),
        ("@ Acme", "", "Acme"),
        ("@Acme", "", "Acme"),
        ("at Acme", "", "Acme"),
        ("Dana Lee", "Dana Lee", ""),
        ("Dana Lee @", "Dana Lee", ""),
        ("dana@acme.example", "dana@acme.example", ""),
        ("dana@acme.example @ Acme", "dana@acme.example", "Acme"),
        ("Dana Lee @ Acme, Inc.", "Dana Lee", "Acme, Inc."),
        ("Dana at lunch", "Dana at lunch", ""),
        ("@everyone", "", "everyone"),
        ("@", "", ""),
        ("", "", ""),
    ],
)
def test_split_who(text: str, name: str, organization: str) -> None:
    assert split_who(text) == (name, organization)


@given(anything)
def test_split_who_gives_clean_parts(text: str) -> None:
    assert all(part == clean(part) for part in split_who(text))


@pytest.mark.parametrize(
    "text",
    [
        *"Inc. inc LLC L.L.C. Ltd. Limited GmbH Corp. Co. S.A. AG B.V. PLC S.p.A. A/S".split(),
        *("Pty Ltd", "Pty. Ltd.", "GmbH & Co. KG", "Sp. z o.o.", "S. A."),
    ],
)
def test_a_legal_form(text: str) -> None:
    assert is_legal_form(text)


@pytest.mark.parametrize("text", ["", ".", "email", "Incas", "Acme Inc.", "data PM", "Coca"])
def test_no_legal_form(text: str) -> None:
    assert not is_legal_form(text)
