"""Forms as modals, and the command list, within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest

from adapters.discord.client import OURS, FollowUpClient
from adapters.discord.forms import modal, values
from adapters.discord.sync import differ
from core.reply import Choice, Field, FieldKind, Form
from core.requests import COMMANDS
from tests.goldens import check_golden
from tests.loopback.discord.commands import GROUP, check_commands
from tests.loopback.discord.modals import check_modal
from tests.test_discord_kit import FakeDesk


def checked(*fields: Field, title: str = "A form", token: str = "resume:k=1") -> Any:
    dialog = modal(Form(title, token, fields)).to_dict()
    check_modal(dialog)
    return dialog


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"Choice {n}", str(n)) for n in range(count))


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("text", ["", "x" * 6000, "@everyone **x**", "a\nb", "7", "30"])
@pytest.mark.parametrize("required", [True, False])
def test_any_field_is_accepted(kind: FieldKind, text: str, required: bool) -> None:
    offered = choices(40) if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
    checked(
        Field("a", text or "A", kind, text, required, help=text, choices=offered),
        Field("b", "B", kind, text, required, max_length=9999),
        title=text or "A",
    )


def test_what_is_chosen_is_among_the_options_shown() -> None:
    field = Field("a", "A", FieldKind.CHOICES, "3, 38", choices=choices(40))
    select = checked(field)["components"][0]["component"]
    assert len(select["options"]) == 25
    assert [one["value"] for one in select["options"] if one["default"]] == ["3", "38"]
    assert (select["min_values"], select["max_values"], select["required"]) == (0, 25, False)


def test_only_five_fields_fit() -> None:
    assert len(checked(*(Field(str(n), str(n)) for n in range(7)))["components"]) == 5


def test_a_token_that_discord_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="100"):
        modal(Form("A", "x" * 101, ()))


def test_values_are_read_from_rows_and_labels() -> None:
    parts = [
        {"type": 1, "components": [{"type": 4, "custom_id": "a", "value": "x"}]},
        {"type": 18, "component": {"type": 3, "custom_id": "b", "values": ["1", "2"]}},
        {"type": 18, "component": {"type": 3, "custom_id": "c", "values": []}},
        {"type": 18, "component": {"type": 4, "custom_id": "d", "value": None}},
        {"type": 10},
        "nonsense",
    ]
    assert values(parts) == {"a": "x", "b": "1, 2", "c": "", "d": ""}
    assert values(None) == {}


async def payload() -> list[Any]:
    tree = FollowUpClient(FakeDesk()).tree
    return [command.to_dict(tree) for command in tree.get_commands()]


async def test_the_commands_are_accepted_and_as_reviewed() -> None:
    listed = await payload()
    check_commands(listed)
    group, menu = listed
    for one in listed:
        assert (one["contexts"], one["integration_types"]) == ([0, 1, 2], [0, 1])
    assert (menu["type"], menu["name"]) == (3, "Follow up on this")
    names = [name for name, _ in each_command(group)]
    assert sorted(names) == sorted(one.command.name for one in COMMANDS if one.command)
    check_golden("discord/commands.txt", "\n".join(described(group)) + "\n")


def each_command(group: Any) -> Iterator[tuple[str, Any]]:
    """Each command with its name, those in a group of their own with both words."""
    for one in group["options"]:
        if one["type"] == GROUP:
            yield from ((f"{one['name']} {inner['name']}", inner) for inner in one["options"])
        else:
            yield one["name"], one


def described(group: Any) -> list[str]:
    """The commands as a reviewer reads them."""
    lines = []
    for name, command in each_command(group):
        lines.append(f"/{group['name']} {name}: {command['description']}")
        for one in command["options"]:
            marks = [mark for mark in ("required", "autocomplete") if one.get(mark)]
            offered = ", ".join(choice["value"] for choice in one.get("choices", ()))
            extra = f" [{', '.join(marks)}]" if marks else ""
            extra += f" ({offered})" if offered else f" (to {one['max_length']})"
            lines.append(f"  {one['name']}: {one['description']}{extra}")
    return lines


async def test_only_a_difference_in_meaning_counts_as_one() -> None:
    ours = await payload()
    theirs, menu = await payload()
    menu |= {"id": "3", "description": ""}
    theirs |= {"id": "1", "version": "2", "name_localizations": None, "integration_types": [1, 0]}
    theirs["options"] = [{k: v for k, v in one.items() if v} for one in theirs["options"]]
    assert not differ(ours, [menu, theirs])
    assert not differ(ours, [dict(reversed(one.items())) for one in (theirs, menu)])
    assert differ(ours, [])
    assert differ(ours, [theirs])
    assert differ(ours, [menu, theirs, theirs | {"name": "other"}])
    assert differ(ours, [menu, theirs | {"contexts": [0]}])


@pytest.mark.parametrize("custom_id", ["help", "sent:t=42&s=3", "undo#2", "view:v=d17#3"])
def test_our_custom_ids(custom_id: str) -> None:
    assert OURS.fullmatch(custom_id)


@pytest.mark.parametrize("custom_id", ["", "helpful", "x:help", "a1b2c3"])
def test_the_custom_ids_of_others(custom_id: str) -> None:
    assert not OURS.fullmatch(custom_id)


async def test_the_bot_asks_for_guilds_and_nothing_more() -> None:
    client = FollowUpClient(FakeDesk())
    assert client.intents == discord.Intents(guilds=True)
    allowed = client.allowed_mentions
    assert allowed is not None
    assert not (allowed.everyone or allowed.users or allowed.roles or allowed.replied_user)
