"""A member's Home, on no platform in particular: pages, what stands above them, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.reply import Actions, Message, Tone
from core.requests import Home
from core.tokens import token
from tests.people import Member, Office, token_of

TABS = "[Today] [List] [Settings] [Clubs] [Add somebody]"


def at_home(member: Member) -> Member:
    """The same person, at their Home."""
    return replace(member, at_home=True)


async def now(office: Office, member: Member) -> str:
    """What their Home shows when it is asked for."""
    message = await office.desk.home(member.account)
    return message.plain() if message else ""


def tab(message: Message | None) -> str:
    """The tab that stands out."""
    assert message is not None
    (tabs, *_) = message.blocks
    assert isinstance(tabs, Actions)
    return " ".join(b.label for b in tabs.items if getattr(b, "tone", None) is Tone.PRIMARY)


async def test_who_never_opened_it_has_none(office: Office) -> None:
    dana = office.member()
    assert await now(office, dana) == ""
    await dana.says("add Robin Patel @ Acme")
    assert await now(office, dana) == ""


async def test_an_empty_one_teaches_the_first_add(office: Office) -> None:
    dana = at_home(office.member())
    said = await dana.presses_token(token(Home()))
    assert said.startswith(TABS)
    assert "/followup add Dana Lee @ Acme" in said
    assert "[Add somebody] [Bring a list] [How this works]" in said
    assert await now(office, dana) == said
    await dana.presses("List")
    assert "/followup add Dana Lee @ Acme" in await now(office, dana)


async def test_it_is_the_list_that_a_command_shows(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await home.presses_token(token(Home()))
    await dana.says("add Robin Patel @ Acme, today")
    listed = await dana.says("list due")
    assert await now(office, dana) == f"{TABS}\n\n{listed}"
    await home.presses("List")
    listed = await dana.says("list")
    assert await now(office, dana) == f"{TABS}\n\n{listed}"
    await home.presses("Settings")
    listed = await dana.says("settings")
    assert await now(office, dana) == f"{TABS}\n\n{listed}"


async def test_a_press_shows_what_happened_above_the_page_as_it_is_then(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await home.presses_token(token(Home()))
    for name in ("Robin Patel", "Kim Sato"):
        await dana.says(f"add {name} @ Acme re: {name}, today")
    await home.presses("Today")
    said = await home.presses("Sent")
    assert home.last.at_home
    assert said.startswith(TABS)
    assert "sent" in said
    assert "1 ping due" in said
    assert "[Undo]" in said
    quiet = await now(office, dana)
    assert "1 ping due" in quiet
    assert "[Undo]" not in quiet


async def test_what_is_no_page_stands_above_it(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await dana.says("add Robin Patel @ Acme, today")
    await home.presses_token(token(Home()))
    await home.presses("Add somebody")
    said = await home.fills(who="Kim Sato @ Globex")
    assert said.index("Kim Sato") < said.index("1 ping due")
    await home.presses("Draft", on=await card(office, dana))
    assert "1 ping due" in (home.last.message or Message(())).plain()
    assert "1 ping due" in await now(office, dana)


async def card(office: Office, member: Member) -> Message:
    other = replace(member)
    await other.says("show Robin")
    assert other.last.message is not None
    return other.last.message


async def test_a_refusal_leaves_the_page_below_it(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await dana.says("add Robin Patel @ Acme, today")
    await home.presses_token(token(Home()))
    said = await home.presses_token("show:t=999")
    assert said.index("not on your list") < said.index("1 ping due")
    assert await now(office, dana) == f"{TABS}\n\n{await dana.says('list due')}"


async def test_pages_are_remembered(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    for number in range(12):
        await dana.says(f"add P{number} @ Acme re: {number}")
    await home.presses_token(token(Home()))
    await home.presses("List")
    await home.presses("Next")
    assert "page 2 of 3" in await now(office, dana)
    assert tab(home.last.message) == "List"
    await home.presses("Details")
    assert "History" in await now(office, dana)
    await home.presses_token(token(Home()))
    assert "History" in (home.last.message or Message(())).plain()


async def test_a_page_that_is_gone_gives_way_to_today(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await dana.says("add Kim Sato @ Globex, today")
    await dana.says("add Robin Patel @ Acme, today")
    await home.presses_token(token(Home()))
    await home.presses("List")
    await home.presses("Details", row=1)
    assert "Robin Patel" in await now(office, dana)
    await dana.says("undo")
    assert "Kim Sato" in await now(office, dana)
    assert "1 ping due" in await now(office, dana)


@pytest.mark.parametrize(
    ("label", "words"),
    [("Today", "due today"), ("List", "open"), ("Settings", "Your settings"), ("Clubs", "no club")],
)
async def test_the_tab_of_the_page_stands_out(office: Office, label: str, words: str) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme, in 5 days")
    home = at_home(dana)
    await home.presses_token(token(Home()))
    said = await home.presses(label)
    assert tab(home.last.message) == label
    assert words in said
    assert tab(await office.desk.home(dana.account)) == label


async def test_settings_that_were_changed_can_be_undone_there(office: Office) -> None:
    home = at_home(office.member())
    await home.presses_token(token(Home()))
    await home.presses("Settings")
    await home.presses("Change")
    said = await home.fills(hour="7:45")
    assert said.count("Your settings") == 1
    assert "7:45" in said
    assert "[Undo]" in said


async def test_what_takes_long_to_make_stands_above_the_page(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await dana.says("add Robin Patel @ Acme, today")
    await home.presses_token(token(Home()))
    said = await home.presses_token("export")
    assert home.last.at_home
    assert len(home.last.files) == 2
    assert said.startswith(TABS)
    assert said.endswith((await now(office, dana)).removeprefix(TABS).strip())


async def test_who_was_forgotten_has_none_any_more(office: Office) -> None:
    dana = office.member()
    home = at_home(dana)
    await dana.says("add Robin Patel @ Acme")
    await home.presses_token(token(Home()))
    said = await home.presses_token("forget:sure=1")
    assert "Everything is erased" in said
    assert "Robin" not in said
    assert await now(office, dana) == ""


async def test_a_home_is_its_members_alone(office: Office) -> None:
    dana, eve = office.member(), office.member("eve")
    await dana.says("add Robin Patel @ Acme, today")
    await at_home(dana).presses_token(token(Home()))
    page = await office.desk.home(dana.account)
    assert page is not None
    await at_home(eve).presses_token(token(Home()))
    assert "Robin" not in await now(office, eve)
    said = await at_home(eve).presses_token(token_of(page, "Sent"))
    assert "Robin" not in said
    assert "Robin" in await now(office, dana)


async def test_elsewhere_it_is_the_page_without_tabs(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme, today")
    assert await dana.presses_token(token(Home())) == await dana.says("list due")
    assert await now(office, dana) == ""
