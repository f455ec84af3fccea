"""What a message by somebody else fills into the form of a new follow-up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.names import split_who
from core.quoting import QUOTED, add_values
from core.text import Span, linked, plain

LINK = "https://job-club.slack.com/archives/C1/p1700000000000100"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Dana Lee @ Acme", "Dana Lee @ Acme"),
        ("Dana Lee at Acme", "Dana Lee at Acme"),
        ("Hi all!\nDana Lee @ Acme, they are hiring\nThanks", "Dana Lee @ Acme"),
        ("Ludwig van Beethoven @ Bank of Bonn", "Ludwig van Beethoven @ Bank of Bonn"),
        ("王芳 @ 華為", "王芳 @ 華為"),
        ("We are hiring a data PM", ""),
        ("Talk to Dana Lee at Acme", ""),
        ("Meet us @ the office", ""),
        ("let's meet at 5", ""),
        ("Dana Lee @ Acme is looking for somebody", ""),
        ("@ Acme", ""),
        ("Lunch @ Noon @ Acme in the big hall behind the station", ""),
        ("", ""),
    ],
)
def test_who_it_is_is_told_only_where_a_line_says_so(text: str, who: str) -> None:
    assert add_values(text, LINK).get("who", "") == who


def test_a_whole_line_fills_in_all_that_it_says() -> None:
    values = add_values("Dana Lee @ Acme re: data PM, email, urgent, in 3 days", LINK)
    note = values.pop("note")
    assert values == {
        "who": "Dana Lee @ Acme",
        "about": "data PM",
        "via": "email",
        "urgency": "urgent",
        "when": "in 3 days",
    }
    assert note == f"“Dana Lee @ Acme re: data PM, email, urgent, in 3 days”\n{LINK}"


def test_one_mail_address_is_the_contact_and_two_are_not() -> None:
    assert add_values("Write to dana@acme.example.")["contact"] == "dana@acme.example"
    assert "contact" not in add_values("a@acme.example or b@acme.example")


def test_the_note_quotes_the_beginning_and_keeps_the_link() -> None:
    values = add_values("word " * 1000, LINK)
    quote, link = values["note"].split("\n")
    assert len(quote) <= QUOTED + 2
    assert quote.endswith("…”")
    assert link == LINK
    assert add_values("", LINK) == {"note": LINK}
    assert add_values("", "") == {}


@given(st.text(st.sampled_from("aB9 @.,:;\n“”<>()/-_é王\u202e\x00"), max_size=400))
def test_whatever_is_written_fills_in_a_form(text: str) -> None:
    values = add_values(text, LINK)
    assert values["note"].endswith(LINK)
    assert len(values["note"]) <= QUOTED + 3 + len(LINK)
    if "who" in values:
        assert all(split_who(values["who"]))


def test_a_message_without_spaces_is_read_quickly() -> None:
    started = time.perf_counter()
    for text in ("x" * 10_000, "a@" * 5_000, "a@b." * 2_500, "@ " * 5_000, "A @ B " * 1_600):
        add_values(text, LINK)
        add_values("\n".join(text[n : n + 199] for n in range(0, len(text), 199)), LINK)
    assert time.perf_counter() - started < 2


def test_addresses_in_a_note_are_links_to_themselves_alone() -> None:
    said = linked(f"See {LINK}, or javascript:alert(1) and <https://x.example/a?b=c>.")
    assert plain(said) == f"See {LINK}, or javascript:alert(1) and <https://x.example/a?b=c>."
    links = [span for span in said if span.url]
    assert links == [
        Span(LINK, url=LINK),
        Span("https://x.example/a?b=c", url="https://x.example/a?b=c"),
    ]
    assert [span.url for span in linked("cut off: https://x.exam…")] == [None, None]
