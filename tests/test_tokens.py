"""Tokens: what a button carries comes back as it was, and anything else is refused politely."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cadence import Position
from core.domain.history import Terms, Touch
from core.domain.records import Contact, FollowUp
from core.domain.words import CloseReason, TouchKind
from core.options import Request
from core.problem import Problem
from core.reply import TOKEN_LIMIT, Actions, Block, Message
from core.requests import REQUESTS, Add, Resume, Sent, Settings, ShowView, Snooze
from core.tokens import request_of, token
from core.voice import answers
from core.voice.rows import closed_actions, list_row, row_actions, undo_button
from tests.people import buttons

TODAY = date(2026, 11, 23)
HUGE = 10**12
VIEWS = ("", f"d{HUGE}", f"c{HUGE}", f"l.closed.{HUGE}")


def values_of(item: Field[Any]) -> st.SearchStrategy[object]:
    """Any value of a field, of the type of its default."""
    default = item.default if item.default is not MISSING else ""
    if isinstance(default, bool):
        return st.booleans()
    if isinstance(default, int):
        return st.integers(0, HUGE)
    return st.text(max_size=8) | st.just(default)


def requests_of(kind: type[Request]) -> st.SearchStrategy[Request]:
    items = fields(kind)  # type: ignore[arg-type] # subclasses are dataclasses
    return st.builds(kind, **{item.name: values_of(item) for item in items})


@pytest.mark.parametrize("kind", REQUESTS)
@given(data=st.data())
def test_every_request_survives_its_token(kind: type[Request], data: st.DataObject) -> None:
    request = data.draw(requests_of(kind))
    try:
        text = token(request)
    except ValueError as refused:
        assert "characters" in str(refused)
        return
    assert len(text) <= TOKEN_LIMIT
    assert text.isascii()
    assert request_of(text) == request


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (Add(), "add"),
        (Sent(target=42, seen=3, view="d17"), "sent:t=42&s=3&v=d17"),
        (Snooze(target=42, until="in 3 days"), "snooze:t=42&until=in%203%20days"),
        (ShowView(view="l.open.2"), "view:v=l.open.2"),
        (Resume(kept=7, form=True), "resume:k=7&form=1"),
        (Settings(days_off=""), "settings:days_off="),
        (Settings(), "settings"),
    ],
)
def test_tokens_that_are_out_there_must_go_on_working(request_: Request, text: str) -> None:
    assert token(request_) == text
    assert request_of(text) == request_


def test_a_token_that_is_too_long_is_never_made() -> None:
    with pytest.raises(ValueError, match="characters"):
        token(Add(note="x" * TOKEN_LIMIT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "frobnicate",
        "SENT:t=1",
        "sent:t=x",
        "sent:t=-1",
        "sent:t=1.5",
        "sent:t=²",
        "sent:t=٣",
        "sent:t=" + "9" * 19,
        "sent:t=",
        "sent:verb=add",
        "sent:__class__=x",
        "sent:command=x",
        "x" * 101,
        "sent:v=" + "x" * 100,
    ],
)
def test_what_is_no_token_of_ours_is_refused_politely(text: str) -> None:
    with pytest.raises(Problem, match="older version of me"):
        request_of(text)


verbs = st.sampled_from([kind.verb for kind in REQUESTS])
garbage = st.text(st.characters(), max_size=60)


@given(garbage | st.builds("{}:{}".format, verbs, garbage | st.from_regex(r"\w=[%\w&=]*")))
def test_garbled_tokens_raise_nothing_but_a_problem(text: str) -> None:
    try:
        request = request_of(text)
    except Problem:
        return
    assert type(request) in REQUESTS


def followup(closed: CloseReason | None = None) -> FollowUp:
    contact = Contact(HUGE, "Dana Lee", "Acme")
    position = Position(Terms(), due=None if closed else TODAY, closed=closed)
    return FollowUp(HUGE, HUGE, contact, "data PM", position, revision=HUGE)


def shown(followup: FollowUp, view: str) -> list[Message]:
    """Every message that can carry a button about it."""
    touch = Touch(TouchKind.SENT, TODAY)
    rows: list[list[Block]] = [
        [row_actions(followup, view, menu)] for menu in ("", "snooze", "more")
    ]
    rows += [[closed_actions(followup, view)], list_row(followup, view, TODAY)]
    rows += [[Actions((undo_button(HUGE, view), answers.details_button(followup)))]]
    return [
        *(Message(tuple(blocks)) for blocks in rows),
        answers.added(followup, TODAY, HUGE),
        answers.changed(followup, touch, TODAY, HUGE),
        answers.edited(followup, [], TODAY, HUGE),
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("closed", [None, *CloseReason])
def test_every_button_about_a_follow_up_fits_whatever_its_ids(
    closed: CloseReason | None, view: str
) -> None:
    tokens = [b.token for m in shown(followup(closed), view) for b in buttons(m)]
    assert len(tokens) > 10
    for text in tokens:
        assert len(text) <= TOKEN_LIMIT
        assert token(request_of(text)) == text
