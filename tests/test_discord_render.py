"""Messages as components: what is shown, what is never read as markup, and Discord's limits."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord import markdown
from adapters.discord.render import components, layout, token_of
from core.caller import Account, Platform, Room
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
    RoomButton,
    Tone,
)
from core.text import Span, Style, instant, join, plain, say, text_of
from tests.goldens import check_golden
from tests.loopback.discord.components import CONTAINER, ROW, SEPARATOR, TEXT, walk
from tests.loopback.discord.errors import Json
from tests.loopback.discord.text import render_components
from tests.loopback.discord.validation import IS_COMPONENTS_V2, check_message

HOSTILE = [
    "",
    " ",
    "\n\n",
    "@everyone @here <@1> <@!1> <@&2> <#3> <!channel> </followup:4>",
    "**bold** __under__ *it* _it_ ~~gone~~ ||hidden|| `code` ```fence```",
    "[click](https://evil.example) <https://evil.example|x> [a][b]",
    "# big\n## big\n-# small\n- item\n+ item\n* item\n1. one\n12) two\n> said\n>>> said",
    "<t:1:R> <:smile:123456789012345678> <a:x:1> :smile:",
    "\\",
    "\\\\`\\*",
    "\u202eevil\u202c \u2066x \u200f\u0627\u0644",
    "👩‍👩‍👧‍👦 🇩🇪 ❤️",
    "\x00\x07\ud800 broken",
    "a" * 10_000,
    "*" * 10_000,
    "👍" * 10_000,
    "line\n" * 3_000,
    "https://example.com/a_b*c**|`x`|[y](z)\\ and on",
    "https://example.com/" + "*" * 9_000,
]


def checked(message: Message) -> list[Json]:
    """The components, after the loopback server's own checks."""
    found = [dict(one) for one in components(message)]
    check_message({"components": found, "flags": IS_COMPONENTS_V2}, frozenset())
    return found


def shown(message: Message) -> str:
    return "\n".join(render_components(checked(message)))


def paragraph(text: str) -> Paragraph:
    return Paragraph((text_of(text),))


def digest(rows: int, buttons: int) -> Message:
    labels = ("Sent", "They replied", "Snooze", "Draft", "…")[:buttons]
    blocks: list[Block] = [
        Heading(f"Tuesday 24 November: {rows} pings due"),
        Paragraph((say("Start with {who}; Acme decides this month.", who="Dana Lee"),)),
    ]
    for row in range(rows):
        text = (
            say("**{who}**, {org}, data PM · by email", who=f"Dana Lee {row}", org="Acme"),
            say("Check-in, __6 days__ after your first."),
        )
        tokens = [Button(label, f"sent:t={row}&a={label}") for label in labels]
        blocks += [Paragraph(text), Actions(tuple(tokens)), Divider()]
    blocks += [
        Paragraph((say("2 more wait their turn."),), quiet=True),
        Actions((Button("Show all", "view:v=d17&whole=1"),)),
    ]
    return Message(tuple(blocks))


def kinds(components: list[Json]) -> list[int]:
    """The types of all components, those inside others too."""
    return [one["type"] for one in walk(components)]


def test_a_digest_of_five_fits_whole() -> None:
    found = checked(digest(rows=5, buttons=4))
    [frame] = found
    assert frame["type"] == CONTAINER
    assert kinds(found).count(SEPARATOR) == 5
    check_golden("discord/digest.txt", "\n".join(render_components(found)) + "\n")


@pytest.mark.parametrize("rows", [6, 7, 20])
def test_what_is_too_long_loses_lines_between_things_then_its_end(rows: int) -> None:
    found = checked(digest(rows, buttons=5))
    assert SEPARATOR not in kinds(found)
    text = "\n".join(render_components(found))
    assert "Dana Lee 0" in text
    assert ("There is more" in text) == (rows >= 6)


def row(who: str, *buttons: Button) -> list[Block]:
    return [paragraph(who), Actions(buttons)]


SENT, UNDO = Button("Sent", "sent:t=1", Tone.PRIMARY), Button("Undo", "undo")


def test_a_message_with_a_heading_is_one_card_with_lines_between_its_parts() -> None:
    rows = [*row("Dana", SENT, UNDO), *row("Robin", SENT), Actions((UNDO,)), paragraph("the end")]
    [frame] = checked(Message((Heading("Two follow-ups"), paragraph("Hello"), *rows)))
    inside = [one["type"] for one in frame["components"]]
    assert inside == [TEXT, ROW, SEPARATOR, TEXT, ROW, ROW, SEPARATOR, TEXT]
    assert frame["components"][0]["content"] == "### Two follow-ups\nHello\n\nDana"


def test_an_answer_without_a_heading_is_no_card() -> None:
    found = checked(Message((*row("Dana: sent.", UNDO), *row("And more", UNDO))))
    assert [one["type"] for one in found] == [TEXT, ROW, TEXT, ROW]
    assert kinds(checked(Message((Heading(" "), paragraph("x"))))) == [TEXT]


@pytest.mark.parametrize(
    ("buttons", "colour"),
    [
        ((SENT, UNDO), 0x5865F2),
        ((UNDO,), None),
        ((), None),
        ((SENT, Button("Erase it", "forget", Tone.DANGER)), 0xED4245),
    ],
)
def test_a_card_has_the_colour_of_what_is_to_be_done(
    buttons: tuple[Button, ...], colour: int | None
) -> None:
    [frame] = checked(Message((Heading("A card"), Actions(buttons))))
    assert frame.get("accent_color") == colour


def test_a_page_of_a_list_and_a_digest_of_five_have_all_their_lines() -> None:
    four = tuple(Button(str(n), f"sent:t={n}") for n in range(4))
    page = Message((Heading("12 open"), *(b for n in range(5) for b in row(f"{n}", *four)),
                    Divider(), Actions((Button("Next", "view:v=l.open.2"), UNDO))))  # fmt: skip
    assert kinds(checked(page)).count(SEPARATOR) == 5
    five = tuple(Button(str(n), f"sent:t={n}") for n in range(5))
    rows = [b for n in range(5) for b in row(f"{n}", *five)]
    morning = kinds(checked(Message((Heading("5 pings due"), *rows))))
    assert (morning.count(SEPARATOR), len(morning)) == (4, 40)


def test_the_fullest_message_goes_without_a_frame_before_it_loses_anything() -> None:
    five = tuple(Button(str(n), f"sent:t={n}") for n in range(5))
    rows = [b for n in range(5) for b in row(f"{n}", *five)]
    end = [Divider(), *row("2 more", *five[:3])]
    whole = kinds(checked(Message((Heading("7 pings due"), *rows, *end))))
    assert (len(whole), CONTAINER in whole, SEPARATOR in whole) == (40, False, False)


AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_an_instant_is_shown_to_each_reader_by_their_own_clock() -> None:
    said = say("Next: the kickoff on **{day}**.", day=instant("Monday 30 November (in 4 days)", AT))
    assert markdown.line(said) == ("Next: the kickoff on **<t:1796025600:F>** (<t:1796025600:R>).")
    assert plain(said) == "Next: the kickoff on Monday 30 November (in 4 days)."
    assert markdown.line(say("until {day}", day=instant("then", AT))).startswith("until <t:")


def test_an_instant_that_is_cut_is_cut_as_words() -> None:
    said = (*text_of("x" * 30), *instant("Monday 30 November", AT))
    cut = markdown.clipped(said, 40)
    assert cut.startswith("x" * 30)
    assert cut.endswith("…")
    assert "<t:" not in cut


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_fits_everywhere(text: str) -> None:
    spans = tuple(Span(text, style) for style in Style)
    message = Message(
        (
            Heading(text),
            Paragraph((*(text_of(text) for _ in range(3)), spans)),
            Paragraph((text_of(text),), quiet=True),
            Paragraph(((Span(text, url="https://example.com/a b)c"),),)),
            Actions((Button(text, "help"), LinkButton(text, "https://example.com"))),
        )
    )
    assert shown(message)


@pytest.mark.parametrize("block", [Heading(""), paragraph(" \n"), Actions(()), Divider()])
def test_a_message_is_never_empty(block: Block) -> None:
    shown(Message((block,)))
    shown(Message(()))


texts = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))
lines = st.lists(
    st.builds(Span, texts, st.sampled_from(list(Style)), st.none() | st.just("https://a.example/x"))
).map(tuple)
blocks = st.one_of(
    st.builds(Heading, texts),
    st.builds(Paragraph, st.lists(lines, max_size=6).map(tuple), st.booleans()),
    st.lists(st.builds(Button, texts, st.sampled_from(["help", "undo", "x" * 100])), max_size=7)
    .map(tuple)
    .map(Actions),
    st.just(Divider()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(blocks, max_size=60))
def test_discord_never_refuses_a_message(some: list[Block]) -> None:
    assert shown(Message(tuple(some)))


_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


@given(st.text(alphabet=st.sampled_from("ab1 \n*_~|`<>[]()#-+.@:\\!t/")))
def test_what_somebody_typed_is_shown_letter_for_letter(text: str) -> None:
    written = markdown.line(text_of(text))
    assert _ESCAPED.sub(r"\1", written) == text
    bare = _ESCAPED.sub("", written)
    assert not re.search(r"[\\*_~|`<>\[\]]", bare.replace("\\\n", ""))
    kept = _ESCAPED.sub("x", written)
    assert not re.search(r"^[^\S\n]*([#+-]|\d+[.)])", kept, re.MULTILINE)


@given(st.text(), st.text(), st.sampled_from(list(Style)))
def test_our_own_marks_hold_around_any_text(one: str, two: str, style: Style) -> None:
    text = join([(Span(one, style),), (Span(two, style),)])
    written = markdown.line(text)
    words = _ESCAPED.sub("x", written)
    for mark in ("**", "`"):
        assert words.count(mark) % 2 == 0
    assert markdown.size(markdown.clipped(text, 50)) <= 50


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (say("**{a}**, {b}", a="Dana", b="Acme"), "**Dana**, Acme"),
        (say("**{a} x {b}** y", a="D*", b="A"), "**D\\* x A** y"),
        (say("__soon__ `/followup add`"), "*soon* `/followup add`"),
        ((Span("a", Style.BOLD), Span("b", Style.ITALIC)), "**a**\u200b*b*"),
        ((Span(" a ", Style.BOLD),), " **a** "),
        ((Span("a`b", Style.CODE),), "a\\`b"),
        ((Span("Acme [1]", url="https://a.example/x(y)_z"),)
         , "[Acme \\[1\\]](https://a.example/x%28y%29_z)"),
        ((Span("Acme", url="javascript:alert(1)"),), "Acme"),
        ((Span("Acme", url="mailto:a@b.example"),), "Acme"),
        ((Span("see https://b.example", url="https://a.example"),), "see https://b.example"),
        (text_of("https://a.example/a_b"), "https://a.example/a_b"),
        (text_of("https://a.example/*x*|y|"), "https://a.example/%2Ax%2A%7Cy%7C"),
        (text_of("@everyone"), "@\u200beveryone"),
        (text_of("- one\n1. two"), "\\- one\n1\\. two"),
    ],
)  # fmt: skip
def test_markdown(text: tuple[Span, ...], written: str) -> None:
    assert markdown.line(text) == written


def test_small_print_stays_on_one_line() -> None:
    text = shown(Message((Paragraph((text_of("a\n# b"), text_of("c")), quiet=True),)))
    assert text == "-# a \\# b\n-# c"


def test_long_texts_are_cut_and_short_ones_kept_whole() -> None:
    short = [paragraph(f"short {number}") for number in range(20)]
    text = shown(Message((paragraph("long " * 2000), *short, paragraph("the end"))))
    assert "…" in text
    assert text.endswith("the end")
    assert 3500 < len(text) <= 4000


def test_a_token_twice_in_a_message_is_told_apart_and_known_again() -> None:
    longest = "note:" + "x" * 95
    some = Actions((Button("A", "help"), Button("B", "help"), Menu("C", (), "help")))
    more = Actions((Button("D", longest), Button("E", longest)))
    rows = checked(Message((some, more)))
    ids = [one["custom_id"] for row in rows for one in row["components"]]
    assert ids == ["help", "help#2", "help#3", longest]
    assert [token_of(one) for one in ids] == ["help", "help", "help", longest]


def test_buttons_look_as_they_weigh() -> None:
    actions: tuple[Action, ...] = (
        Button("A", "help", Tone.PRIMARY),
        Button("B", "undo", Tone.DANGER),
        Button("C", "list"),
        LinkButton("D", "https://example.com"),
        LinkButton("E", "ftp://example.com"),
        Menu("F", (Button("G", "add"),), "unfold:t=1"),
        Button("H" * 100, "settings"),
    )
    rows = checked(Message((Actions(actions),)))
    assert [one["style"] for row in rows for one in row["components"]] == [1, 4, 2, 5, 2, 2]
    assert len(rows) == 2


def test_discord_py_does_not_keep_the_view() -> None:
    assert layout(Message((paragraph("x"),))).timeout is None


async def test_a_view_is_finished_before_it_is_sent() -> None:
    assert layout(Message((Actions((Button("A", "help"),)),))).is_finished()


def test_a_channel_is_a_link_into_discord_and_no_mention() -> None:
    button = RoomButton("Go there", Room(Platform.DISCORD, "", "7", server="5"))
    [row] = components(Message((Actions((button,)),)))
    assert row["components"][0]["url"] == "https://discord.com/channels/5/7"


def test_a_person_is_a_link_into_discord_and_no_mention() -> None:
    button = PersonButton("Write to Robin", Account(Platform.DISCORD, "", "42"))
    [row] = components(Message((Actions((button,)),)))
    [link] = row["components"]
    assert (link["url"], link["label"]) == ("https://discord.com/users/42", "Write to Robin")
    assert "custom_id" not in link
