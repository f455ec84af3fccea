"""Sentences: only what we wrote is read for style; values are taken as they are."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import Span, Style, Text, clip, join, plain, say, text_of

TRICKS = ("**bold**", "__x__", "`code`", "{name}", "@everyone", "<!channel>", "[a](http://b)", "\n")
values = st.text() | st.sampled_from(TRICKS)


@pytest.mark.parametrize(
    ("template", "spans"),
    [
        ("", ()),
        ("plain", (Span("plain"),)),
        ("**bold** rest", (Span("bold", Style.BOLD), Span(" rest"))),
        ("__slanted__", (Span("slanted", Style.ITALIC),)),
        ("type `/followup`", (Span("type "), Span("/followup", Style.CODE))),
        ("**{name}**", (Span("Dana", Style.BOLD),)),
        ("{name}, {name}", (Span("Dana"), Span(", "), Span("Dana"))),
        ("2 * 3 _ {NOT} {", (Span("2 * 3 _ {NOT} {"),)),
    ],
)
def test_a_template_becomes_spans(template: str, spans: Text) -> None:
    assert say(template, name="Dana") == spans


@given(values)
def test_a_value_is_never_interpreted(value: str) -> None:
    spans = say("**{who}** said {what}.", who=value, what=value)
    assert plain(spans) == f"{value} said {value}."
    assert {span.style for span in spans} <= {Style.BOLD, Style.PLAIN}
    assert all(span.url is None for span in spans)


def test_a_styled_value_keeps_its_style() -> None:
    name = (Span("Dana", Style.CODE), Span(" Lee", url="https://acme.example"))
    assert say("**{name}**", name=name) == (
        Span("Dana", Style.CODE),
        Span(" Lee", Style.BOLD, "https://acme.example"),
    )


def test_numbers_are_said_too() -> None:
    assert plain(say("{count} due", count=0)) == "0 due"
    assert text_of("") == ()


def test_a_sentence_with_a_gap_is_refused() -> None:
    with pytest.raises(KeyError, match="who"):
        say("Hello {who}")


@given(st.lists(values, max_size=6), st.sampled_from([" ", ", ", "\n"]))
def test_join_leaves_empty_texts_out(parts: list[str], separator: str) -> None:
    assert plain(join(parts, separator)) == separator.join(part for part in parts if part)


@given(st.text(), st.integers(1, 60))
def test_clip_never_exceeds_its_limit_and_stays_on_one_line(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    assert len(clipped.splitlines()) <= 1
    flat = " ".join(text.split())
    assert clipped == flat or (clipped.endswith("…") and flat.startswith(clipped[:-1]))


@given(st.lists(st.text(ascii_lowercase, min_size=1), max_size=5), st.integers(1, 40))
def test_clip_leaves_short_text_alone(words: list[str], limit: int) -> None:
    text = " ".join(words)
    assert (clip(text, limit) == text) == (len(text) <= limit)
