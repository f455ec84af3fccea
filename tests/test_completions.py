"""What is offered while somebody types into the options of a command."""

from __future__ import annotations

import pytest

from core.options import Kind, typed_options
from core.requests import COMMANDS
from tests.people import Member, Office

OWN_WORDS = {
    "about", "contact", "note", "lead", "text", "name", "problem", "change", "numbers",
    "achievement", "endorsement", "by", "knows", "what", "reason", "code",
}  # fmt: skip
"""Options in which a person says what nobody can guess."""


async def offered(member: Member, verb: str, field: str, text: str = "") -> list[str]:
    found = await member.desk.suggest(verb, field, text, member.caller())
    return [one.value for one in found]


async def somebody(office: Office) -> Member:
    member = office.member()
    await member.says("add Dana Lee @ Acme re: data PM")
    await member.says("add Émile Roy @ Acme Robotics")
    await member.says("add @ Globex re: nurse")
    return member


async def test_whatever_can_be_guessed_is_offered_in_every_command(office: Office) -> None:
    member = await somebody(office)
    for command in COMMANDS:
        for spec in typed_options(command):
            if spec.name in OWN_WORDS and spec.kind in (Kind.TEXT, Kind.LONG, Kind.ADDRESS):
                continue
            found = await offered(member, command.verb, spec.name, "b" * (spec.kind is Kind.ZONE))
            assert found or spec.kind is Kind.CHOICE, (command.verb, spec.name)
            assert len(found) <= 25


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["Dana Lee @ Acme", "Émile Roy @ Acme Robotics"]),
        ("dan", ["Dana Lee @ Acme"]),
        ("emi", ["Émile Roy @ Acme Robotics"]),
        ("Kim Sato @ ac", ["Kim Sato @ Acme", "Kim Sato @ Acme Robotics"]),
        ("@ g", ["@ Globex"]),
        ("@", ["@ Acme", "@ Acme Robotics", "@ Globex"]),
        ("Nobody Known", []),
    ],
)
async def test_who_is_new_may_be_known_or_at_a_known_place(
    office: Office, text: str, first: list[str]
) -> None:
    assert await offered(await somebody(office), "add", "who", text) == first


async def test_an_organization_to_ask_about_is_one_of_ones_own(office: Office) -> None:
    member = await somebody(office)
    assert await offered(member, "club-ask", "organization", "acme") == ["Acme", "Acme Robotics"]
    assert await offered(office.member("bob"), "club-ask", "organization") == []


async def test_hints_stand_beside_what_is_typed(office: Office) -> None:
    member = office.member()
    assert (await offered(member, "settings", "hour"))[:2] == ["7:00", "7:30"]
    assert await offered(member, "settings", "hour", "7") == ["7:00", "7:30", "7"]
    assert await offered(member, "club-setup", "wrapup", "fri") == [
        "Friday 16:00",
        "Friday 12:00",
        "fri",
    ]
    assert await offered(member, "club-goal", "pings", "7") == ["7"]
