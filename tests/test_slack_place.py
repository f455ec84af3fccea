"""Whose an interaction is, and whose an event, in channels that workspaces share."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.place import account_of, of_opening, of_press, team_of

AT_HOME = {"id": "T2", "domain": "elsewhere"}
PERSON = {"id": "U9", "team_id": "T2"}


def test_a_form_is_of_the_same_account_as_the_button_that_opened_it() -> None:
    """Somebody of T2 presses a button in a channel of T1, which has the bot, and fills the form."""
    pressed = account_of({"team": {"id": "T1"}, "user": PERSON})
    submitted = account_of(
        {"team": AT_HOME, "user": PERSON, "view": {"type": "modal", "app_installed_team_id": "T1"}}
    )
    assert (submitted.workspace, submitted.user) == ("T1", "U9")
    assert submitted == pressed


@pytest.mark.parametrize("view", [None, {}, {"app_installed_team_id": "E1"}])
def test_where_the_view_knows_nothing_the_team_counts(view: dict[str, Any] | None) -> None:
    assert account_of({"team": AT_HOME, "user": PERSON, "view": view}).workspace == "T2"
    assert account_of({"team": None, "user": PERSON, "view": view}).workspace == "T2"


def test_a_home_is_where_the_app_is() -> None:
    view = {"type": "home", "app_installed_team_id": "T1", "hash": "7"}
    assert of_press({"team": AT_HOME, "user": PERSON, "view": view}).resident.workspace == "T1"


@pytest.mark.parametrize(
    ("authorizations", "team"),
    [([{"team_id": "T1"}], "T1"), ([{"team_id": None}], "T2"), ([], "T2"), (None, "T2")],
)
def test_an_event_is_for_the_workspace_by_which_it_came(
    authorizations: list[dict[str, Any]] | None, team: str
) -> None:
    body = {"team_id": "T2", "authorizations": authorizations, "event": {"user": "U9"}}
    assert team_of(body) == of_opening(body).home == team
