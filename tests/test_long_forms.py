"""Forms with more fields than a platform's forms hold: every field is reached, nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.caller import Platform, Room, Standing
from core.options import Request, options_of
from core.requests import COMMANDS, Add, Edit, Pitch, Replied, Settings
from core.requests.clubs import ClubSetup
from core.usecases.forms import fields_of
from tests.people import Member, Office, buttons
from tests.stages.discord import discord_stage
from tests.test_discord_kit import START

SIZE = 5
ROOM = Room(Platform.DISCORD, "", "C1", server="S1")
OPENED_BY: dict[type[Request], str] = {
    Add: "add",
    Replied: "replied Dana",
    Pitch: "pitch Dana",
    Edit: "edit Dana",
    Settings: "settings",
    ClubSetup: "club setup",
}
LONG = [one for one in COMMANDS if len(options_of(one)) > SIZE]
VALUES = {
    "who": "Kim Sato @ Initech",
    "outcome": "talking",
    "problem": "Reports take a day",
    "change": "One page a week",
    "numbers": "12 hours to 2 hours a week",
}


def fields(member: Member) -> list[str]:
    form = member.last.form
    assert form is not None, member.last
    return [field.name for field in form.fields]


def shown(member: Member) -> dict[str, str]:
    form = member.last.form
    assert form is not None
    return {field.name: field.value for field in form.fields}


async def somebody(office: Office) -> Member:
    member = office.member(platform=Platform.DISCORD, form_size=SIZE)
    await member.says("add Dana Lee @ Acme re: data PM, email")
    member.room, member.standing = ROOM, Standing(manages=True)
    return member


def test_every_long_form_is_played_here() -> None:
    assert set(LONG) == set(OPENED_BY)


@pytest.mark.parametrize("kind", LONG, ids=lambda kind: str(kind.verb))
async def test_every_field_of_a_long_form_is_reached_by_a_button(
    office: Office, kind: type[Request]
) -> None:
    member = await somebody(office)
    await member.says(OPENED_BY[kind])
    if kind is Settings:
        await member.presses("Change")
    seen: list[str] = []
    while True:
        seen += fields(member)
        assert len(fields(member)) <= SIZE
        text = await member.fills(**{k: v for k, v in VALUES.items() if k in fields(member)})
        assert text, "an answer to a form can't be a form on Discord"
        message = member.last.message
        assert message is not None
        labels = [one.label for one in buttons(message)]
        more = [one for one in labels if one in ("More fields", "Change the rest")]
        if not more or len(seen) > len(options_of(kind)) + 1:
            break
        assert len(more) == 1
        await member.presses(more[0])
        if set(fields(member)) <= set(seen):
            break
    wanted = {spec.name for spec in fields_of(kind())} - ({"who"} if kind is not Add else set())
    assert wanted <= set(seen)


async def test_the_two_fields_of_a_club_that_a_short_form_has_no_room_for(office: Office) -> None:
    member = await somebody(office)
    await member.says("club setup")
    assert fields(member) == ["name", "zone", "kickoff", "wrapup", "pace"]
    await member.fills(name="Tuesday Club", kickoff="Monday 10:00")
    await member.presses("More fields")
    assert shown(member) == {"midweek": "no", "week": "Monday", "language": "English"}
    text = await member.fills(midweek="Thursday 12:00")
    assert "Tuesday Club" in text
    assert "Thursday" in text
    await member.says("club setup")
    assert shown(member)["kickoff"] == "Monday 10:00"
    assert member.last.form is not None


async def test_a_reply_is_logged_once_with_what_both_parts_say(office: Office) -> None:
    member = await somebody(office)
    office.clock.time += timedelta(days=3)
    await member.says("replied Dana")
    assert fields(member) == ["outcome", "next", "note", "lead", "via"]
    await member.fills(outcome="talking", note="she likes dbt")
    await member.presses("More fields")
    assert fields(member) == ["on"]
    text = await member.fills(on="yesterday")
    assert "they replied (talking)" in text
    card = await member.says("show 1")
    assert card.count("replied (talking)") == 1
    assert "she likes dbt" in card
    assert "in 10 working days" not in card
    await member.says("undo")
    assert "replied (" not in await member.says("show 1")


async def test_a_mistake_in_the_second_part_loses_nothing(office: Office) -> None:
    member = await somebody(office)
    await member.says("replied Dana")
    await member.fills(outcome="talking", note="she likes dbt")
    await member.presses("More fields")
    assert "“xyzzy”" in await member.fills(on="xyzzy")
    await member.presses("Correct it")
    assert shown(member) == {"on": "xyzzy"}
    await member.fills(on="today")
    card = await member.says("show 1")
    assert card.count("replied (talking)") == 1
    assert "she likes dbt" in card


async def test_what_was_undone_meanwhile_is_not_done_again(office: Office) -> None:
    member = await somebody(office)
    await member.says("replied Dana")
    await member.fills(outcome="talking", note="she likes dbt")
    answer = member.last.message
    assert answer is not None
    await member.presses("Undo", on=answer)
    await member.presses("More fields", on=answer)
    assert "taken back meanwhile" in await member.fills(on="today")
    assert "replied (" not in await member.says("show 1")


async def test_sending_the_second_part_twice_logs_one_reply(office: Office) -> None:
    member = await somebody(office)
    await member.says("replied Dana")
    await member.fills(outcome="talking")
    answer = member.last.message
    assert answer is not None
    for _ in range(2):
        await member.presses("More fields", on=answer)
        await member.fills(on="today")
    assert (await member.says("show 1")).count("replied (talking)") == 1


async def test_what_newer_things_stand_in_the_way_of_is_kept(office: Office) -> None:
    member = await somebody(office)
    await member.says("replied Dana")
    await member.fills(outcome="talking", note="she likes dbt")
    await member.presses("More fields")
    form = member.last
    await member.says("note Dana, has two dogs")
    member.last = form
    assert "Something newer happened" in await member.fills(on="today")
    refused = member.last
    await member.says("undo")
    member.last = refused
    await member.presses("Correct it")
    await member.fills()
    card = await member.says("show 1")
    assert card.count("replied (talking)") == 1
    assert "she likes dbt" in card


async def test_options_that_the_form_has_no_room_for_are_kept_while_it_is_filled_in(
    office: Office,
) -> None:
    member = office.member(form_size=SIZE)
    await member.types("add", about="data PM", urgency="urgent", contact="dana@acme.example")
    assert fields(member) == ["who", "about", "via", "when", "note"]
    await member.fills(who="Dana Lee @ Acme")
    card = await member.says("show 1")
    assert "Urgency: urgent" in card
    assert "Contact: dana@acme.example" in card


async def test_a_mistake_among_many_options_is_corrected_where_it_is(office: Office) -> None:
    member = office.member(platform=Platform.DISCORD, form_size=SIZE)
    text = await member.types("club-setup", name="Early Birds", midweek="whenever", week="Sunday")
    assert "channel" in text  # it is not one yet: nothing to correct
    member.room, member.standing = ROOM, Standing(manages=True)
    await member.types("club-setup", name="Early Birds", midweek="whenever", week="Sunday")
    await member.presses("Correct it")
    assert shown(member) == {"midweek": "whenever", "week": "Sunday", "language": "English"}
    assert "Early Birds" in await member.fills(midweek="no")


async def test_more_of_a_new_follow_up_is_an_edit(office: Office) -> None:
    member = office.member(form_size=SIZE)
    await member.says("add")
    await member.fills(who="Dana Lee @ Acme")
    await member.presses("More fields")
    assert fields(member) == ["contact", "urgency", "priority", "trust", "country"]
    assert "Urgency: normal → urgent" in await member.fills(urgency="urgent")
    assert "(#1)" in await member.says("show 1")


async def test_a_gain_of_a_pitch_is_chosen_in_its_second_part(office: Office) -> None:
    member = await somebody(office)
    await member.says("pitch Dana")
    assert fields(member) == ["problem", "change", "numbers", "achievement", "endorsement"]
    values = {k: v for k, v in VALUES.items() if k in fields(member)}
    await member.fills(**values)
    assert member.last.files
    await member.presses("More fields")
    assert fields(member) == ["gain"]
    await member.fills(gain="cost")
    assert member.last.files
    await member.presses("Change it")
    assert shown(member)["problem"] == VALUES["problem"]


async def test_a_form_that_fits_has_no_second_part(office: Office) -> None:
    member = office.member()
    await member.says("add")
    assert len(fields(member)) == len(options_of(Add))
    text = await member.fills(who="Dana Lee @ Acme", trust="strong")
    assert "More fields" not in text


async def test_at_discords_own_client_a_club_is_set_up_whole(database_url: str) -> None:
    async with discord_stage(database_url, START) as stage:
        ann = await stage.person("ann")
        await stage.channel("club", ann)
        there = ann.at("club")
        await there.command("club setup")
        await there.fill(name="Tuesday Club")
        await there.press("More fields")
        assert there.form == "Your club\nMidweek: no\nWeek: Monday\nLanguage: English"
        text = await there.fill(midweek="Thursday 12:00", week="Sunday")
        assert "Weeks begin on Sunday." in text
        assert "A line at midweek, Thursdays at 12:00." in text
        assert stage.shown("club") == []
