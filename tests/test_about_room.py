"""Only a request that asks what somebody may do in a channel makes a platform find it out."""

from __future__ import annotations

import pytest

from core.about_room import line_asks, token_asks
from core.requests import Note, Settings


@pytest.fixture(autouse=True)
def notes_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Note, "about_room", True)


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("note Dana: loves dbt", True),
        ("/note Dana", True),
        ("NOTE", True),
        ("settings weekly", False),
        ("settings 99 bottles", False),
        ("", False),
        ("dance", False),
        ("Dana Lee @ Acme", False),
    ],
)
def test_a_line(line: str, asks: bool) -> None:
    assert line_asks(line) is asks


def test_a_line_with_words_too_many_is_still_of_its_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Settings, "about_room", True)
    assert line_asks("settings 99 bottles")


@pytest.mark.parametrize(
    ("token", "asks"),
    [
        ("note:t=1", True),
        ("note", True),
        ("sent:t=1", False),
        ("note:nonsense=1", False),
        ("", False),
        ("somebody-elses", False),
    ],
)
def test_a_token(token: str, asks: bool) -> None:
    assert token_asks(token) is asks
