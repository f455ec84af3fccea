"""What a club reads and sees at the wrap-up: kind words, and nobody who may not be named."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor

from core.domain.clubs.board import Board, Entry, board
from core.domain.clubs.effort import Effort
from core.domain.clubs.words import Sharing
from core.pictures.board import board_png, drawable_name
from core.pictures.fonts import undrawable
from core.pictures.sheet import INK
from core.text import Style
from core.voice.board import board_message, in_words
from tests.test_clubs_board import clubs

WEEK = date(2026, 11, 23)
TREND = (Effort(30, 20), None, Effort(41, 29))
COUNTS, STREAK, HIDDEN = Sharing
DANA = Entry("Dana Lee", STREAK, goal=5, made=9, due=10, streak=4)
SEVEN = [
    DANA,
    Entry("Robin Patel", COUNTS, goal=4, made=4, due=6, streak=4),
    Entry("Sam Secret", HIDDEN, goal=3, made=5, due=5, streak=4),
    Entry("Kim Missed", COUNTS, goal=5, made=2, due=8),
    Entry("Alex Goalless", COUNTS, goal=None, made=6, due=6),
    Entry("Zoë Ørsted", STREAK, goal=1, made=1, due=1, streak=2),
    Entry("Jo Late", COUNTS, goal=2, made=0, due=3),
]
SIXTY = [
    Entry(f"Member {n}", COUNTS, goal=3, made=3 if n % 12 < 7 else 1, due=4) for n in range(60)
]


def text_of(made: Board, club: str = "Tuesday club") -> str:
    return board_message(made, club).plain()


def test_the_message_of_seven_M18() -> None:
    assert text_of(board(WEEK, SEVEN, TREND)).splitlines() == [
        "Tuesday club: week of 23 Nov",
        "27 of 39 pings made by 7 members together.",
        "The week before: 29 of 41 pings.",
        "4 members reached their goal:",
        "Dana Lee: 9 of 10, goal 5, 4 weeks in a row",
        "Robin Patel: 4 of 6, goal 4",
        "Zoë Ørsted: 1 of 1, goal 1, 2 weeks in a row",
        "A member: 5 of 5, goal 3",
    ]


def test_what_the_picture_of_seven_shows_in_words_M18() -> None:
    assert in_words(board(WEEK, SEVEN, TREND), "Tuesday club") == (
        "Tuesday club, week of 23 Nov. 27 of 39 pings made by 7 members together. "
        "4 members reached their goal: Dana Lee 9 of 10, goal 5, 4 weeks in a row; "
        "Robin Patel 4 of 6, goal 4; Zoë Ørsted 1 of 1, goal 1, 2 weeks in a row; "
        "a member 5 of 5, goal 3. Pings made and due by week: week of 2 Nov 20 of 30, "
        "week of 16 Nov 29 of 41, week of 23 Nov 27 of 39."
    )


def test_one_is_said_as_one() -> None:
    one = board(WEEK, [Entry("Dana", COUNTS, goal=1, made=1, due=1)])
    assert text_of(one).splitlines()[1:] == [
        "1 of 1 ping made by 1 member.",
        "1 member reached their goal:",
        "Dana: 1 of 1, goal 1",
    ]


def test_a_quiet_week_is_quiet_M17() -> None:
    quiet = board(WEEK, [Entry("Kim", COUNTS, goal=5, made=0, due=8)], TREND)
    assert text_of(quiet).splitlines()[1:] == [
        "A quiet week: no pings this time. The next kickoff begins a new one."
    ]
    assert "A quiet week" in in_words(quiet, "Tuesday club")


def test_a_club_without_members() -> None:
    assert text_of(board(WEEK, [])).splitlines()[1:] == ["No members at the moment."]


def test_a_week_in_which_nobody_reached_a_goal_names_nobody_M17() -> None:
    made = board(WEEK, [Entry("Kim", COUNTS, goal=5, made=2, due=8)] * 3)
    assert text_of(made).splitlines()[1:] == ["6 of 24 pings made by 3 members together."]


def test_many_are_counted_not_listed() -> None:
    lines = text_of(board(WEEK, SIXTY)).splitlines()
    assert lines[2] == "35 members reached their goal:"
    assert lines[-1] == "and 23 others"
    assert len(lines) == 3 + 12 + 1
    thirteen = [Entry(f"Member {n}", COUNTS, goal=3, made=3, due=4) for n in range(13)]
    assert text_of(board(WEEK, thirteen)).splitlines()[-1] == "and 1 other"


@given(clubs(), st.lists(st.none() | st.just(Effort(5, 3)), max_size=9))
def test_no_word_of_who_is_hidden_or_did_not_reach_a_goal_M17(
    entries: list[Entry], trend: list[Effort | None]
) -> None:
    made = board(WEEK, entries, trend)
    said = f"{text_of(made)} {in_words(made, 'Tuesday club')}"
    for entry in entries:
        reached = entry.goal is not None and entry.made >= entry.goal
        if entry.sharing is HIDDEN or not entry.wants_named or not reached:
            assert entry.name not in said
    assert "!" not in said


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
def test_what_people_typed_is_no_style_and_no_book(name: str, club: str) -> None:
    made = board(WEEK, [Entry(name, COUNTS, goal=1, made=1, due=1)])
    spans = [
        s for b in board_message(made, club).blocks for t in getattr(b, "lines", ()) for s in t
    ]
    assert all(span.style in (Style.PLAIN, Style.BOLD) for span in spans)
    assert len(in_words(made, club)) <= 1000


def test_the_words_for_sixty_fit_M17() -> None:
    long = [
        Entry(f"{n} {'x' * 200}", STREAK, goal=25, made=25, due=99, streak=104) for n in range(60)
    ]
    assert len(in_words(board(WEEK, long, [Effort(9999, 999)] * 8), "x" * 500)) <= 1000


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Dana Lee", "Dana Lee"),
        ("Zoë Ørsted", "Zoë Ørsted"),
        ("Ирина", "Ирина"),
        ("王小明", "王小明"),
        ("ليلى", "ليلى"),
        ("J", "J"),
        ("Sam 🦊", "Sam"),
        ("🦊Sam🦊", "Sam"),
        ("𝓢ofia", "Sofia"),
        ("अनिता", ""),
        ("김민수", ""),
        ("Anna अनिता", "Anna"),
        ("J अनिता", ""),
        ("🦊", ""),
        ("", ""),
    ],
)
def test_a_name_is_drawn_as_far_as_the_fonts_have_it(name: str, drawn: str) -> None:
    assert drawable_name(name) == drawn


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_a_drawn_name_has_no_box(name: str) -> None:
    assert undrawable(drawable_name(name)) == ""


names = st.text(st.characters(), max_size=80) | st.text("Wi, 王ل", max_size=80)


def picture_of(made: Board, club: str = "Tuesday club") -> Image.Image:
    return Image.open(io.BytesIO(board_png(made, club))).convert("RGB")


def check_margins(picture: Image.Image) -> None:
    """Nothing leaves the page, and the page has no end that is left over."""
    empty = Image.new("RGB", picture.size, INK.paper)
    left, top, right, bottom = ImageChops.difference(picture, empty).getbbox() or (0, 0, 0, 0)
    assert left >= 80
    assert right <= picture.width - 80
    assert top >= 80
    assert 60 <= picture.height - bottom <= 140


@pytest.mark.parametrize(
    ("entries", "trend"),
    [
        ([], ()),
        ([], TREND),
        ([DANA], ()),
        (SEVEN, TREND),
        (SIXTY, TREND),
        (SIXTY, (Effort(99_999, 99_999),) * 8),
        ([Entry("Kim", COUNTS, goal=5, made=0, due=8)], TREND),
        ([Entry("Kim", COUNTS, goal=5, made=2, due=8)], ()),
        ([Entry("W" * 200, STREAK, goal=999, made=9999, due=9999, streak=999)] * 3, ()),
    ],
)
def test_the_picture_keeps_its_margins(entries: list[Entry], trend: tuple[Effort | None]) -> None:
    picture = picture_of(board(WEEK, entries, trend))
    assert picture.width == 1080
    check_margins(picture)


@settings(max_examples=15, deadline=None)
@given(st.lists(names, max_size=4), names)
def test_any_name_can_be_drawn(given_names: list[str], club: str) -> None:
    entries = [Entry(name, STREAK, goal=1, made=2, due=3, streak=5) for name in given_names]
    check_margins(picture_of(board(WEEK, entries, TREND), club))


def test_two_boards_that_differ_in_hidden_names_are_one_picture_M17() -> None:
    others = [
        Entry("Somebody Else", e.sharing, e.goal, e.made, e.due, 9) if e.sharing is HIDDEN else e
        for e in SEVEN
    ]
    one, other = board(WEEK, SEVEN, TREND), board(WEEK, others, TREND)
    assert board_png(one, "Tuesday club") == board_png(other, "Tuesday club")


def test_made_and_due_differ_without_colour() -> None:
    strong, weak, paper = (
        ImageColor.getcolor(ink, "L") for ink in (INK.strong, INK.weak, INK.paper)
    )
    assert isinstance(strong, int)
    assert isinstance(weak, int)
    assert isinstance(paper, int)
    assert weak - strong > 90
    assert paper - weak > 40
