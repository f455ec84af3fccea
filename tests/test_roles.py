"""What one process does: `--only`, and what it says to roles that could do nothing."""

from __future__ import annotations

import pytest

from bot.roles import EVERYTHING, Role, require, roles_named
from bot.settings import BadSettings, Settings


def settings(**values: object) -> Settings:
    return Settings.model_validate({"database_url": "sqlite://", **values})


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("courier", {Role.COURIER}),
        (" Slack , courier,", {Role.SLACK, Role.COURIER}),
        ("slack,discord,courier,playground", set(Role)),
    ],
)
def test_roles_are_named_in_a_list(text: str, roles: set[Role]) -> None:
    assert roles_named(text) == roles


@pytest.mark.parametrize("text", ["", ",", "slak", "slack;courier", "all"])
def test_what_is_no_role_is_answered_with_those_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="slack, discord, courier, playground"):
        roles_named(text)


def test_a_role_that_could_do_nothing_names_its_setting() -> None:
    with pytest.raises(BadSettings, match="--only discord: DISCORD_TOKEN is not set"):
        require(
            settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1"), frozenset({Role.DISCORD})
        )
    with pytest.raises(BadSettings, match="--only slack: SLACK_BOT_TOKEN is not set"):
        require(settings(), frozenset({Role.SLACK, Role.COURIER}))


def test_everything_is_always_possible_and_a_courier_needs_no_token() -> None:
    require(settings(), EVERYTHING)
    require(settings(), frozenset({Role.COURIER}))
