"""The playground over a real socket: what is typed, pressed and filled in, and what is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.web.typed import MOST_TYPED
from adapters.web.views import sections_of
from core.caller import Account, Platform, Room
from core.reply import (
    Actions,
    Button,
    Divider,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    PersonButton,
    Reply,
    RoomButton,
)
from core.text import Span
from tests.test_web_kit import NOW, digest, saying, serving, text_of

HOSTILE = (
    "<script>alert(1)</script>",
    "@everyone <!channel> <@U123>",
    "\u202eevil\u202c שלום",
    "🦆" * 40,
    "{{ 7 * 7 }} {% raw %}",
    '" autofocus onfocus="alert(1)',
    "&lt;b&gt;",
)


async def test_a_command_in_the_channel_goes_to_the_desk_and_is_answered_privately() -> None:
    async with serving() as it:
        page = await it.post("/say", pane="channel", text="/followup add Dana Lee @ Acme")
        assert [call[:2] for call in it.desk.calls] == [("line", "add Dana Lee @ Acme")]
        assert "Only visible to you Heard add Dana Lee @ Acme" in text_of(page)
        caller = it.desk.calls[0][3]
        assert (caller.account.user, caller.zone) == ("you", "Europe/Berlin")
        assert caller.key


async def test_other_text_in_the_channel_is_for_everybody_and_not_for_the_desk() -> None:
    async with serving() as it:
        await it.post("/say", pane="channel", text="Good morning")
        await it.post("/members", name="Robin")
        page = text_of(await it.page())
        assert "You 14:40 Good morning" in page
        assert it.desk.calls == []


@pytest.mark.parametrize("text", ["list", "/followup list", "/FOLLOWUP  list"])
async def test_any_text_in_the_private_conversation_is_a_command(text: str) -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text=text)
        assert it.desk.calls[0][:2] == ("line", "list")


@pytest.mark.parametrize("text", ["/", "/remind me", "/followups", "", "   "])
async def test_a_slip_gets_a_hint_and_never_reaches_the_desk(text: str) -> None:
    async with serving() as it:
        page = await it.post("/say", pane="channel", text=text)
        assert "There is one command here: /followup" in text_of(page)
        assert it.desk.calls == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_somebody_types_is_shown_as_it_is_and_does_nothing(text: str) -> None:
    async with serving() as it:
        it.desk.replies["show x"] = Reply(saying(text, Button(text[:40], "show:t=1")))
        page = await it.post("/say", pane="channel", text=text)
        page += await it.post("/say", pane="channel", text="/followup show x")
        assert text in text_of(page)
        assert "<script>alert" not in page
        assert "onfocus=" not in page.replace("&#34; autofocus onfocus=&#34;", "")


async def test_ten_thousand_characters_are_refused_and_the_page_stays_whole() -> None:
    async with serving() as it:
        page = await it.post("/say", pane="channel", text="x" * 10_000)
        assert f"longer than {MOST_TYPED} characters" in text_of(page)
        it.desk.replies["show x"] = Reply(saying("y" * 10_000))
        assert "y" * 10_000 in await it.post("/say", pane="channel", text="/followup show x")


async def test_a_button_is_a_request_and_its_answer_takes_the_messages_place() -> None:
    async with serving() as it:
        it.desk.replies["list"] = Reply(digest())
        it.desk.replies["sent:t=41&s=1&v=d17"] = Reply(
            digest("sent. Next on Monday."), replace=True
        )
        page = await it.post("/say", pane="private", text="list")
        assert 'value="2 sent:t=41&amp;s=1&amp;v=d17"' in page
        page = await it.post("/press", press="2 sent:t=41&s=1&v=d17")
        assert "Dana Lee , Acme: sent. Next on Monday." in text_of(page)
        assert page.count("pings due") == 1


async def test_an_answer_that_replaces_nothing_is_a_new_message_in_the_same_place() -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text="list")
        page = await it.post("/press", pane="channel", press="2 show:t=41")
        assert "Heard show:t=41" in page.split('id="pane-private"')[1]


async def test_a_button_that_leads_to_a_person_or_a_channel_is_left_out() -> None:
    account = Account(Platform.WEB, "", "robin")
    person = PersonButton("Write to Robin", account)
    async with serving() as it:
        room = RoomButton("To the club", Room(Platform.WEB, "", "job-club"))
        row = Actions((person, room, Button("Done", "show:t=1")))
        it.desk.replies["x"] = Reply(Message((*saying("Robin said yes.").blocks, row)))
        it.desk.replies["y"] = Reply(Message((*saying("Kim too.").blocks, Actions((person,)))))
        page = await it.post("/say", pane="private", text="x")
        page = await it.post("/say", pane="private", text="y")
        assert "Kim too." in text_of(page)
        assert "Done" in text_of(page)
        assert "Write to Robin" not in page
        assert "To the club" not in page
        assert '<div class="actions">\n    </div>' not in page


async def test_menus_links_and_confirmations_need_no_script() -> None:
    items = (
        Menu("…", (Button("Details", "show:t=1"),), "unfold:t=1"),
        Button("Forget me", "forget", confirm="Forget everything, at once?"),
        LinkButton("Guide", "https://example.org/guide"),
        LinkButton("Trap", "javascript:alert(1)"),
    )
    link = (Span("mail", url="mailto:dana@acme.example"), Span("bad", url="data:text/html,x"))
    async with serving() as it:
        it.desk.replies["x"] = Reply(Message((Paragraph((link,)), Actions(items))))
        page = await it.post("/say", pane="private", text="x")
        assert 'aria-label="More"' in page
        assert 'value="2 show:t=1"' in page
        assert "Forget everything, at once?" in page
        assert 'href="https://example.org/guide" rel="noopener noreferrer" target="_blank"' in page
        assert 'href="mailto:dana@acme.example"' in page
        assert "javascript:" not in page
        assert "data:text" not in page


@pytest.mark.parametrize(
    ("values", "moved"),
    [
        ({"to": "morning"}, datetime(2026, 11, 24, 7, 30, tzinfo=UTC)),
        ({"to": "hour"}, NOW + timedelta(hours=1)),
        ({"to": "week"}, NOW + timedelta(days=7)),
        ({"to": "day", "day": "2026-12-01"}, datetime(2026, 12, 1, 7, 30, tzinfo=UTC)),
    ],
)
async def test_the_clock_moves_on(values: dict[str, str], moved: datetime) -> None:
    async with serving() as it:
        page = await it.post("/clock", **values)
        assert it.clock.moves == [moved]
        assert "It is now" in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-23", "Time only goes forward"),
        ("2020-01-01", "Time only goes forward"),
        ("2036-01-01", "a year at most"),
        ("9999-12-31", "a year at most"),
        ("", "not a day"),
        ("yesterday", "not a day"),
    ],
)
async def test_the_clock_stays_where_it_is_and_says_why(day: str, words: str) -> None:
    async with serving() as it:
        assert words in text_of(await it.post("/clock", to="day", day=day))
        assert it.clock.moves == []


async def test_the_browsers_zone_decides_what_a_morning_is() -> None:
    async with serving() as it:
        it.http.cookie_jar.update_cookies({"squeaky_zone": "America/New_York"})
        page = await it.post("/clock", to="morning")
        assert it.clock.moves == [datetime(2026, 11, 24, 13, 30, tzinfo=UTC)]
        assert "Tue 24 Nov 2026, 08:30 (America/New_York)" in text_of(page)
        it.http.cookie_jar.update_cookies({"squeaky_zone": "../../etc/passwd"})
        assert "(Europe/Berlin)" in text_of(await it.page())


async def test_completions_go_on_with_what_is_typed() -> None:
    async with serving() as it:
        it.desk.suggestions = {"add via": ["email", "phone"], "sent who": ["Dana Lee"]}

        async def ask(text: str, pane: str = "channel") -> list[str]:
            query = {"text": text, "pane": pane}
            async with it.http.get(f"{it.url}/suggest", params=query) as response:
                return [each["value"] for each in await response.json()]

        assert await ask("/fol") == ["/followup "]
        assert await ask("/followup se") == ["/followup sent ", "/followup settings "]
        assert await ask("se", "private") == ["sent ", "settings "]
        assert await ask("se") == []
        assert await ask("/followup sent Da") == ["/followup sent Dana Lee"]
        assert await ask("add Dana, em", "private") == ["add Dana, email"]
        assert await ask("add Dana, via: ph", "private") == ["add Dana, via: phone"]
        assert "add Dana, via: " in await ask("add Dana, ", "private")
        assert await ask("/followup dance ") == []


async def test_rows_of_a_list_stand_apart_from_what_introduces_them() -> None:
    blocks = [block for block in digest().blocks if not isinstance(block, Divider)]
    sections = sections_of(Message(tuple(blocks)))
    assert [section.label for section in sections] == [
        "",
        "Dana Lee, Acme, data PM · by email",
        "Globex, operations lead · no name yet",
        "2 more wait their turn.",
    ]
    assert [section.short for section in sections] == [False, False, False, True]
