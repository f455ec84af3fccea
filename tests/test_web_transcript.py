"""What was said outlives the process, whatever state its file was left in."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.files import Files
from adapters.web.journal import decoded, encoded
from adapters.web.messenger import WebMessenger
from adapters.web.records import PRIVATE, Entry
from adapters.web.transcript import Transcript
from core.caller import Account, Platform
from core.domain.deliveries import Delivered, Held, Later, Parcel
from core.reply import (
    Action,
    Actions,
    Block,
    Button,
    Divider,
    Heading,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    PersonButton,
    Reply,
    Tone,
)
from core.store.sealing import NO_KEYS, Keys, UnknownKey
from core.text import Span, Style
from tests.test_web_kit import NOW, digest, saying, serving

CLUB = "job-club"
words = st.text(st.characters(codec="utf-8"), max_size=20)
tokens = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)
buttons = st.builds(Button, words, tokens, st.sampled_from(Tone), words)
menus = st.builds(Menu, words, st.lists(buttons, max_size=2).map(tuple), tokens)
accounts = st.builds(Account, st.sampled_from(Platform), words, words)
actions: st.SearchStrategy[Action] = st.one_of(
    buttons, menus, st.builds(LinkButton, words, words), st.builds(PersonButton, words, accounts)
)
spans = st.builds(Span, words, st.sampled_from(Style), st.none() | words)
lines = st.lists(spans, max_size=2).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, words),
    st.builds(Paragraph, st.lists(lines, max_size=2).map(tuple), st.booleans()),
    st.builds(Actions, st.lists(actions, max_size=3).map(tuple)),
    st.just(Divider()),
)


@given(st.lists(blocks, max_size=4))
def test_a_message_comes_back_from_the_file_as_it_was(parts: list[Block]) -> None:
    entry = Entry(7, PRIVATE, "you", "", NOW, message=Message(tuple(parts)), key="k")
    line = encoded(entry)
    assert line.count(b"\n") == 1
    assert decoded(line.strip()) == entry


def parcel(key: str = "d17", member: str = "you") -> Parcel:
    account = Account(Platform.WEB, "", member)
    return Parcel(id=1, key=key, to=account, account_id=1, channel="", message=digest())


async def test_a_digest_and_its_buttons_outlive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    async with serving(path) as it:
        await it.playground.messenger.send(parcel())
        await it.post("/say", pane="channel", text="Good morning")
        await it.post("/members", name="Robin")
    async with serving(path) as it:
        page = await it.page()
        assert "2 pings due" in page
        assert "Good morning" in page
        assert ">Robin<" in page
        token = "sent:t=41&s=1&v=d17"
        it.desk.replies[token] = Reply(saying("Done."), replace=True)
        await it.post("/press", press=f"1 {token}")
    async with serving(path) as it:
        page = await it.page()
        assert "Done." in page
        assert "2 pings due" not in page


@pytest.mark.parametrize("seal", [None, Keys(secrets.token_urlsafe(32))], ids=["plain", "sealed"])
@pytest.mark.parametrize("cut", [1, 2, 30, 200])
def test_a_torn_last_line_loses_that_line_alone(
    tmp_path: Path, cut: int, seal: Keys | None
) -> None:
    path = tmp_path / "transcript.jsonl"
    before = Transcript(path, seal=seal)
    before.join("you", "You")
    before.say(CLUB, "", "you", "first", NOW)
    before.tell(PRIVATE, "you", digest(), NOW, "d17")
    path.write_bytes(path.read_bytes()[:-cut])
    torn = Transcript(path, seal=seal)
    torn.say(CLUB, "", "you", "after", NOW)
    again = Transcript(path, seal=seal)
    assert [entry.text for entry in again.conversation(CLUB, "you")] == ["first", "after"]
    assert len(again.conversation(PRIVATE, "you")) == (1 if cut == 1 else 0)


def test_a_file_of_another_key_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    Transcript(path).say(CLUB, "", "you", "before there was a key", NOW)
    Transcript(path, seal=Keys(old)).say(CLUB, "", "you", "first", NOW)
    sealed = path.read_bytes()
    assert b"first" not in sealed and b"before" not in sealed, "what was there is sealed too"
    for wrong in (Keys(new), NO_KEYS):
        with pytest.raises(UnknownKey):
            Transcript(path, seal=wrong)
    assert path.read_bytes() == sealed
    both = Transcript(path, seal=Keys(new, old)).conversation(CLUB, "you")
    assert [entry.text for entry in both] == ["before there was a key", "first"]
    assert Transcript(path, seal=Keys(new)).conversation(CLUB, "you") == both


def test_lines_that_mean_nothing_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    Transcript(path).join("you", "You")
    path.write_bytes(b'\xff\xfe\n{"kind":"entry"}\n[]\n\n' + path.read_bytes() + b"{}\n")
    assert Transcript(path).members == {"you": "You"}


def test_old_entries_scroll_away_and_the_file_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    full = Transcript(path, most=5)
    for number in range(1100):
        full.say(CLUB, "", "you", str(number), NOW + timedelta(seconds=number))
    kept = ["1095", "1096", "1097", "1098", "1099"]
    assert [entry.text for entry in full.conversation(CLUB, "you")] == kept
    again = Transcript(path, most=5)
    assert [entry.text for entry in again.conversation(CLUB, "you")] == kept
    assert len(path.read_bytes().splitlines()) == 5
    assert again.say(CLUB, "", "you", "next", NOW).id == 1101


async def test_a_parcel_arrives_once_however_often_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    transcript = Transcript(path)
    transcript.join("you", "You")
    messenger = WebMessenger(transcript, Files(), lambda: NOW)
    assert await messenger.find(parcel()) is None
    first = await messenger.send(parcel())
    assert first == Delivered(channel="you", message="1")
    assert await messenger.send(parcel()) == first
    after = WebMessenger(Transcript(path), Files(), lambda: NOW)
    assert await after.find(parcel()) == first
    assert await after.send(parcel()) == first
    assert isinstance(await after.send(parcel("d18")), Delivered)
    assert len(Transcript(path).conversation(PRIVATE, "you")) == 2


async def test_a_parcel_for_nobody_here_is_held() -> None:
    messenger = WebMessenger(Transcript(), Files(), lambda: NOW)
    assert isinstance(await messenger.send(parcel(member="gone")), Held)


async def test_a_file_that_cannot_be_written_means_later(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    transcript = Transcript(path)
    transcript.join("you", "You")
    path.unlink()
    path.mkdir()
    assert isinstance(await WebMessenger(transcript, Files(), lambda: NOW).send(parcel()), Later)
    assert transcript.conversation(PRIVATE, "you") == []


def test_who_is_forgotten_is_in_the_file_no_more(tmp_path: Path) -> None:
    path = tmp_path / "playground.jsonl"
    transcript = Transcript(path)
    transcript.join("you", "You")
    transcript.say(CLUB, "", "you", "borogove", NOW)
    transcript.say(CLUB, "", "robin", "hello", NOW)
    transcript.tell(PRIVATE, "you", digest(), NOW, key="k1")
    transcript.tell(PRIVATE, "robin", digest(), NOW, key="k2")
    transcript.forget("you")
    assert b"borogove" not in path.read_bytes()
    for kept in (transcript, Transcript(path)):
        assert kept.delivered("k1") is None
        assert kept.delivered("k2") is not None
        assert [entry.text for entry in kept.conversation(CLUB, "you")] == ["hello"]
        assert kept.conversation(PRIVATE, "you") == []
