"""A club and its members with different languages: each reads their own, whoever caused it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from core.caller import Platform, Room
from core.comings import ClubComings
from core.domain.clubs.board import Entry, board
from core.domain.comings import Shut
from core.domain.deliveries import Held, Parcel
from core.domain.owed import Matter
from core.language import speaking
from core.pictures.board import board_png
from core.pictures.sheet import Sheet
from core.reply import Heading, Message, Paragraph
from core.requests import Ask
from core.store.tables import DeliveryRow
from core.tokens import token
from core.voice.board import board_message, in_words
from tests.clubs import FRIDAY_WRAPUP, JOB_CLUB, MANAGES, MONDAY_KICKOFF, ClubHouse, messages_to
from tests.people import Member, Office
from tests.scripts import TONGUES, in_scripts, said_in, strays
from tests.test_clubs_voice import SEVEN, SIXTY, TREND, check_margins
from tests.test_clubs_voice import WEEK as NOVEMBER

NEW = Room(Platform.WEB, "", "new-channel")
WEEK = timedelta(days=7)
TYPED = (
    *("Friday Club", "Dana", "Kim", "Robin Patel", "Acme", "Globex", "Initech", "Hooli"),
    *("She knows her data.", "Glad of you all.", "Europe/Berlin"),
)
CLUB, DANAS, KIMS = "es", "fr", "en"


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


@dataclass
class Speaker:
    """A member who reads what they are told in their language, and nothing in any other."""

    who: Member
    code: str

    async def says(self, line: str) -> Message:
        """Type a line."""
        await self.who.says(line)
        return self._read()

    async def presses(self, label: str, on: Message | None = None, code: str = "") -> Message:
        """Press a button by its English label, also one of the channel's, by its language."""
        await self.who.presses(TONGUES[code or self.code].gettext(label), on)
        return self._read()

    async def fills(self, **values: str) -> Message:
        """Send the form that is open."""
        await self.who.fills(**values)
        return self._read()

    async def posts(self, house: ClubHouse) -> Message:
        """Post what they see in a preview; what the channel reads, which is just that."""
        preview = self.who.last.message
        assert preview is not None
        intro, _, shown, _, outro, actions = preview.blocks
        around = [*said_in(Message((intro, outro, actions)))]
        quoted = TONGUES[CLUB].gettext("A member")
        assert strays(around, self.code, (*TYPED, quoted)) == []
        await self.presses("Post it")
        (parcel,) = [one for one in await house.carry() if one.to == JOB_CLUB]
        posted = parcel.message.blocks[0]
        assert isinstance(shown, Paragraph)
        assert shown == posted
        return parcel.message

    def _read(self) -> Message:
        message = self.who.last.message or Message(())
        assert strays(said_in(message), self.code, TYPED) == []
        return message


async def test_the_channel_reads_the_clubs_language_and_each_member_their_own_M17(
    house: ClubHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = _drawn(monkeypatch)
    in_scripts(monkeypatch)
    dana, kim = await _a_club(house)
    await _a_week(house, dana, kim)
    await _introductions(house, dana, kim)
    await house.at(FRIDAY_WRAPUP)
    for week in range(1, 5):
        await house.at(MONDAY_KICKOFF + week * WEEK)
        await house.at(FRIDAY_WRAPUP + week * WEEK)
    await _moves(house, dana, kim)

    kinds = await _kinds(house)
    assert {*kinds.values()} == {*Matter} - {Matter.LINKED}
    languages = {dana.who.account: DANAS, kim.who.account: KIMS, JOB_CLUB: CLUB, NEW: CLUB}
    for parcel in house.sent:
        if kinds[parcel.id] is not Matter.DIGEST:
            assert strays(_said(parcel), languages[parcel.to], TYPED) == []
    assert drawn
    assert strays(drawn, CLUB, TYPED) == []


def _drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on pictures from now on."""
    drawn: list[str] = []
    write = Sheet.text

    def kept(self: Sheet, x: float, y: float, text: str, *rest: Any) -> None:
        drawn.append(text)
        write(self, x, y, text, *rest)

    monkeypatch.setattr(Sheet, "text", kept)
    return drawn


async def _a_club(house: ClubHouse) -> tuple[Speaker, Speaker]:
    """Dana has set it up, and both are in it; they pursue the same organization."""
    dana = Speaker(house.person("dana", standing=MANAGES), DANAS)
    kim = Speaker(house.person("kim"), KIMS)
    await dana.who.says("settings language: Français")
    await dana.says("club setup Friday Club, midweek: Wednesday noon, language: Español")
    await dana.presses("Tell the channel")
    for one in (dana, kim):
        await one.says("club join")
        await one.presses("Join")
        await one.says("club join matches: yes")
        await one.says("club buddy on")
        await one.who.says("add Robin Patel @ Acme, 30 Nov")
    sent = await house.carry()
    for one in (dana, kim):
        await one.presses("Tell them who I am", messages_to(sent, one.who)[0])
    await house.carry()
    return dana, kim


async def _a_week(house: ClubHouse, dana: Speaker, kim: Speaker) -> None:
    """A kickoff, a goal, days of silence and the line at midweek."""
    await house.at(MONDAY_KICKOFF)
    await dana.says("club goal")
    await dana.says("club goal 1")
    await dana.who.says("sent Robin")
    await kim.says("club buddy nudge: 2")
    (wish,) = messages_to(await house.carry(), dana.who)
    await dana.presses("I'll nudge", wish)
    for hours in (1, 25, 49, 51):  # silence is looked for at 10:00, midweek is told at noon
        await house.at(MONDAY_KICKOFF + timedelta(hours=hours))
    await kim.says("club show")
    await dana.says("club show")
    await dana.says("club totals")


async def _introductions(house: ClubHouse, dana: Speaker, kim: Speaker) -> None:
    """One that comes about, with a good word, and one that does not; and a win."""
    await dana.presses("Hand it over", await _wanted(house, dana, kim, "Globex"))
    await dana.fills(whom="Robin Patel")
    await dana.presses("A good word for them")
    await dana.fills(word="She knows her data.")
    await dana.presses("Rather not", await _wanted(house, dana, kim, "Initech"))
    await kim.who.says("win")
    await kim.who.presses_token(token(Ask(form="tell", target=1)))
    await kim.who.fills(text="Glad of you all.")
    await kim.posts(house)


async def _wanted(house: ClubHouse, dana: Speaker, kim: Speaker, organization: str) -> Message:
    """Kim asks and wants what Dana offers: what Dana reads then."""
    await kim.who.says(f"club ask {organization}")
    ask = await kim.posts(house)
    await dana.presses("I may know somebody", ask, CLUB)
    await dana.presses("Tell them that somebody may")
    (offer,) = messages_to(await house.carry(), kim.who)
    await kim.presses("Yes, tell them who I am", offer)
    (wanted,) = messages_to(await house.carry(), dana.who)
    return wanted


async def _moves(house: ClubHouse, dana: Speaker, kim: Speaker) -> None:
    """An ask is lost with the channel, and the club is brought to another one."""
    await kim.who.says("club ask Hooli")
    await kim.presses("Post it")
    comings = ClubComings(house.office.store, house.office.clock.now)
    await comings.shut(JOB_CLUB, Shut.DELETED)
    await house.carry(Held("The channel was deleted."))
    await dana.says("club show")
    dana.who.room = NEW
    await dana.says("club move")
    await dana.presses("Move it here")
    await house.carry()


def _said(parcel: Parcel) -> list[str]:
    return [*said_in(parcel.message), *(file.alt for file in parcel.files)]


async def _kinds(house: ClubHouse) -> dict[int, Matter]:
    async with house.office.store.reading() as session:
        rows = await session.execute(select(DeliveryRow.id, DeliveryRow.kind))
    known = {id: Matter(kind) for id, kind in rows}
    return {parcel.id: known[parcel.id] for parcel in house.sent}


@pytest.mark.parametrize(
    ("entries", "club", "times"),
    [(SEVEN, "Friday Club", 1), (SIXTY, "🦊", 2), (SEVEN[3:4], "Friday Club", 2)],
)
def test_a_board_is_in_one_language_also_in_one_that_needs_more_room(
    entries: list[Entry], club: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = _drawn(monkeypatch)
    in_scripts(monkeypatch, times)
    made = board(NOVEMBER, entries, TREND)
    with speaking(CLUB):
        picture, alt = board_png(made, club), in_words(made, club)
        said = [*said_in(board_message(made, club))]
    check_margins(Image.open(io.BytesIO(picture)).convert("RGB"))
    assert not any("…" in text for text in drawn)
    names = [entry.name for entry in entries]
    assert strays([*drawn, alt, *said], CLUB, (*TYPED, *names)) == []


async def test_who_has_no_name_is_called_so_in_the_readers_language_M19(
    house: ClubHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dana's good word is kept among Kim's proof; the club's words for her are the club's own."""
    in_scripts(monkeypatch)
    dana = Speaker(house.person("dana", standing=MANAGES), DANAS)
    kim = Speaker(house.person("kim"), KIMS)
    dana.who.name = ""
    await dana.who.says("settings language: Français")
    await dana.who.says("club setup Friday Club, language: Español")
    await kim.says("club join counts")
    nobody = TONGUES[CLUB].gettext("a member")
    assert nobody in await dana.who.says("club join hidden")
    assert TONGUES[DANAS].gettext("instead of your name") in await dana.who.says("club show")
    await dana.presses("Hand it over", await _wanted(house, dana, kim, "Globex"))
    await dana.fills(whom="Robin Patel")
    await dana.presses("A good word for them")
    await dana.fills(word="She knows her data.")
    heard = messages_to(await house.carry(), kim.who)
    assert strays([text for one in heard for text in said_in(one)], KIMS, TYPED) == []
    assert TONGUES[KIMS].gettext("A member of my club") in heard[-1].plain()
    assert f"“{nobody}”" in await kim.who.says(f"club join name: {nobody}")


@pytest.mark.parametrize("what", ["club ask Globex", "Glad of you all."])
async def test_nothing_is_posted_in_other_words_than_were_seen(
    house: ClubHouse, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The club's language is another one meanwhile: they are shown again."""
    in_scripts(monkeypatch)
    dana = Speaker(house.person("dana", standing=MANAGES), KIMS)
    await dana.says("club setup Friday Club, language: Français")
    await dana.says("club join counts")
    if what.startswith("club"):
        await dana.who.says(what)
    else:
        await dana.who.presses_token(token(Ask(form="tell", target=1)))
        await dana.who.fills(text=what)
    preview = dana.who.last.message
    await dana.says("club setup language: Español")
    await dana.who.presses(TONGUES[KIMS].gettext("Post it"), preview)
    assert await house.carry() == []
    await dana.posts(house)


async def test_a_club_without_a_name_has_one_in_its_language_and_may_change_that(
    house: ClubHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_scripts(monkeypatch)
    dana = house.person("dana", standing=MANAGES)
    await dana.says("club setup kickoff: Monday 9:00, language: Français")
    assert dana.last.message is not None
    assert dana.last.message.blocks[0] == Heading(TONGUES["fr"].gettext("Job club"))
    await dana.says("club join counts")
    await dana.says("club setup Friday Club, language: Español")
    (parcel,) = await house.at(MONDAY_KICKOFF)
    assert strays(said_in(parcel.message), "es", TYPED) == []
