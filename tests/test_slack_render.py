"""What messages and forms look like in Block Kit, and that nothing in a value can break out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.blocks import blocks_of
from adapters.slack.modal import modal
from adapters.slack.place import Place, unpacked
from adapters.slack.render import render, sentence
from adapters.slack.words import clean, cut, escaped, typed
from core.caller import Account, Platform, Room
from core.reply import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Divider,
    Field,
    FieldKind,
    Form,
    Heading,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    PersonButton,
    RoomButton,
    Tone,
)
from core.text import Span, Style, say
from tests.goldens import check_golden
from tests.loopback.slack.kit.surfaces import message_problems, view_problems
from tests.loopback.slack.model import PING
from tests.loopback.slack.render import raw_mrkdwn

HOSTILE = [
    "@everyone",
    "@here and @channel",
    "<!channel>",
    "<!subteam^S1|all>",
    "<@U1>",
    "<#C1|general>",
    "<https://evil.example|your bank>",
    "`code` ``` *bold* _italic_ ~gone~",
    "> quoted\n• listed\n```fenced",
    "x" * 10_000,
    "&" * 10_000,
    "\u202eevil\u202c \u2067trick",
    "\u200fשלום\u200f and \u200eback",
    "👩‍💻 :tada: 🇩🇪",
    "",
    " ",
    "\x00\x07\x1b[31m",
    "\ud800",
    "a\r\nb\nc",
]


def sample() -> Message:
    row = (
        Button("Sent", "sent:t=1", Tone.PRIMARY),
        Button("They replied", "replied:t=1"),
        Menu("Snooze", (Button("+3 days", "z:3"), Button("+7 days", "z:7")), "unfold:z"),
        LinkButton("Open", "https://example.org/a"),
        Menu("…", (Button("Details", "show:t=1"), Button("Not interested", "close:t=1")), "m"),
    )
    return Message(
        (
            Heading("Tuesday 24 November: 2 pings due"),
            Paragraph((say("Start with **{who}**; Acme decides this month.", who="Dana Lee"),)),
            Divider(),
            Paragraph(
                (
                    say("**{who}**, {org} · by __email__", who="Dana <Lee>", org="R&D `x`"),
                    (Span("The posting", url="https://example.org/job"),),
                    say("Type `/followup list`."),
                )
            ),
            Actions(row),
            Paragraph((say("2 more can **wait** until tomorrow."),), quiet=True),
            Actions((Button("Forget me", "forget", Tone.DANGER, confirm="This deletes it all."),)),
        )
    )


def sample_form() -> Form:
    ways = (Choice("Email", "email"), Choice("Phone", "phone"))
    days = tuple(Choice(day, day.lower()) for day in ("Monday", "Tuesday"))
    return Form(
        "New follow-up that is long",
        "add:",
        (
            Field("who", "Who", required=True, help="Dana Lee @ Acme", value="Dana <Lee>"),
            Field("note", "Note", FieldKind.LONG, max_length=1500),
            Field("via", "Via", FieldKind.CHOICE, value="phone", choices=ways),
            Field("days_off", "Days off", FieldKind.CHOICES, value="monday, x", choices=days),
            Field("when", "When", FieldKind.DAY, help="in 3 days, Friday", max_length=60),
        ),
        "Add",
    )


def as_json(found: Any) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def check(message: Message) -> None:
    rendered = render(message)
    assert message_problems(rendered.blocks) == []
    assert 0 < len(rendered.text) <= 4000
    json.dumps(rendered.payload()).encode()
    assert not PING.findall(rendered.text + raw_mrkdwn(rendered.blocks))


def test_a_message_is_as_in_the_golden_file() -> None:
    rendered = render(sample())
    check(sample())
    check_golden("slack/message.json", as_json(rendered.payload()))


def test_a_form_is_as_in_the_golden_file() -> None:
    view = modal(sample_form(), Place("U1", "https://slack.example/r", "D1", "1.2"))
    assert view_problems(view, "modal") == []
    check_golden("slack/form.json", as_json(view))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("quiet", [False, True])
def test_no_value_breaks_a_message(value: str, quiet: bool) -> None:
    line = say("**{a}** __{a}__ `{a}` {a}", a=value)
    row: tuple[Action, ...] = (
        Button(value, "a", confirm=value),
        LinkButton(value, f"https://e.org/{value}"),
        Menu(value, (Button(value, "b"), Button(value, "c", confirm=value)), "m"),
    )
    linked = Paragraph(((Span(value, Style.BOLD, url=f"https://e.org/{value}"),),), quiet)
    check(Message((Heading(value), Paragraph((line, ()), quiet), Actions(row), linked)))


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_a_form(value: str) -> None:
    choices = (Choice(value, "one"), Choice("Other", "two"))
    fields = tuple(
        Field(kind.value, value, kind, value=value, help=value, choices=choices)
        for kind in FieldKind
    )
    view = modal(Form(value, "add:", fields, value), Place("U1"))
    assert view_problems(view, "modal") == []
    json.dumps(view).encode()


TEXTS = st.text(max_size=40)
LINES = st.lists(TEXTS.map(lambda text: say("{a} **{a}**", a=text)), max_size=4).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    TEXTS.map(Heading),
    st.builds(Paragraph, LINES, st.booleans()),
    st.just(Divider()),
    TEXTS.map(lambda text: Actions((Button(text, "t"),))),
)


MESSAGES = st.lists(BLOCKS, max_size=70).map(lambda blocks: Message(tuple(blocks)))


@given(MESSAGES)
def test_slack_takes_every_message(message: Message) -> None:
    check(message)


def test_text_is_literal_in_rich_text() -> None:
    (block,) = render(Message((Paragraph((say("**{a}**", a="<!channel> *x*"),)),))).blocks
    (element,) = block["elements"][0]["elements"]
    assert element == {"type": "text", "text": "<!channel> *x*", "style": {"bold": True}}


def test_a_link_that_slack_would_refuse_is_text() -> None:
    (block,) = render(Message((Paragraph(((Span("x", url="javascript:alert(1)"),),)),))).blocks
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "x"}]


def test_all_text_together_has_a_limit() -> None:
    rendered = render(Message((Paragraph((say("{a}", a="y" * 5000),)),) * 10))
    assert len(json.dumps(rendered.blocks)) < 13_200
    assert message_problems(rendered.blocks) == []


def kinds_of(menu: Menu) -> list[str]:
    (row,) = render(Message((Actions((menu,)),))).blocks
    return [element["type"] for element in row["elements"]]


def options(number: int, confirm: str = "") -> tuple[Button, ...]:
    return tuple(Button(f"Option {n}", f"o:{n}", confirm=confirm) for n in range(number))


def test_menus_take_the_form_that_fits() -> None:
    assert kinds_of(Menu("…", options(3), "m")) == ["overflow"]
    assert kinds_of(Menu("…", options(6), "m")) == ["static_select"]
    assert kinds_of(Menu("Snooze", options(3), "m")) == ["static_select"]
    assert kinds_of(Menu("Snooze", options(1), "m")) == ["button"]
    asking = (*options(2), *options(1, confirm="Sure?"))
    assert kinds_of(Menu("…", asking, "m")) == ["overflow", "button"]
    two = (*options(1), *options(1, confirm="Sure?"))
    assert kinds_of(Menu("…", two, "m")) == ["button", "button"]


def test_action_ids_are_unique_in_a_message() -> None:
    rows = [block for block in render(sample()).blocks if block["type"] == "actions"]
    ids = [element["action_id"] for row in rows for element in row["elements"]]
    assert len(ids) == len(set(ids)) == 6


def test_the_form_carries_where_its_answer_goes() -> None:
    place = Place("U1", "https://slack.example/r", "D1", "1.2")
    assert unpacked(modal(sample_form(), place)["private_metadata"]) == ("add:", place)


def test_a_form_of_another_version_is_read_as_far_as_it_goes() -> None:
    assert unpacked('{"token": "add:", "new": 1}') == ("add:", Place(""))
    assert unpacked("") == ("", Place(""))


def test_a_sentence_leaves_the_buttons_out() -> None:
    assert sentence(Message((Paragraph((say("No."), say("Try Friday."))),)), "?") == (
        "No. Try Friday."
    )
    assert sentence(None, "Try again.") == "Try again."


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("add Dana &lt;Lee&gt; @ R&amp;D", "add Dana <Lee> @ R&D"),
        ("&amp;lt;", "&lt;"),
        ("add <@U1|dana> @ Acme", "add dana @ Acme"),
        ("add <@U1>", "add U1"),
        ("in <#C1|general>", "in #general"),
        ("<!channel> <!subteam^S1|@club>", "@channel @club"),
        ("<http://acme.org|acme.org>", "acme.org"),
        ("<https://acme.org/a?b=1&amp;c=2>", "https://acme.org/a?b=1&c=2"),
        ("<mailto:d@acme.org|d@acme.org>", "d@acme.org"),
        ("<mailto:d@acme.org>", "d@acme.org"),
        ("<https://acme.org|the job>", "the job https://acme.org"),
        ("a < b", "a < b"),
    ],
)
def test_a_line_is_read_as_it_was_typed(sent: str, meant: str) -> None:
    assert typed(sent) == meant


def test_words() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert escaped("a&b", 40) == "a&amp;b"
    assert len(escaped("&" * 5000, 4000)) <= 4000
    assert clean("a\u202eb\u200fc") == "ab\u200fc"


def test_a_channel_is_a_link_into_slack_and_no_mention() -> None:
    button = RoomButton("Go there", Room(Platform.SLACK, "T1", "C1"))
    (row,) = blocks_of(Message((Actions((button,)),)))
    assert message_problems([row]) == []
    assert row["elements"][0]["url"] == "https://slack.com/app_redirect?team=T1&channel=C1"


def test_a_person_is_a_link_into_slack_and_no_mention() -> None:
    button = PersonButton("Write to Robin", Account(Platform.SLACK, "T1", "U1&x=<@U2>"))
    (row,) = blocks_of(Message((Actions((button,)),)))
    assert message_problems([row]) == []
    (link,) = row["elements"]
    assert link["url"] == "https://slack.com/app_redirect?team=T1&channel=U1%26x%3D%3C%40U2%3E"
    assert "value" not in link
