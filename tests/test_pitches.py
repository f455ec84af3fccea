"""A pitch (M14): the numbers as people write them, the picture in words, and what can be drawn."""

from __future__ import annotations

import asyncio
import io
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.domain.pitches import Change, Gain, Pitch, UnclearNumbers, change_of, gain_of
from core.language import speaking
from core.pictures.fonts import face, undrawable
from core.pictures.pitch import PAGE, PHONE, drawn, pictures
from core.pictures.sheet import Sheet
from tests.people import Office

FORM = {
    "problem": "Three analysts copy numbers by hand",
    "change": "Let one query do it",
    "numbers": "12 hours to 2 hours a week",
}


@pytest.mark.parametrize(
    ("text", "before", "after", "unit", "time", "short"),
    [
        ("12 hours to 2 hours a week", 12, 2, "hours", "a week", "−83 %"),
        ("12 to 2 hours per week", 12, 2, "hours", "per week", "−83 %"),
        ("from 12 down to 2 hours/week", 12, 2, "hours", "per week", "−83 %"),
        ("$4.2M -> $5M a year", 4.2e6, 5e6, "$", "a year", "+19 %"),
        ("40k to 55k €", 4e4, 5.5e4, "€", "", "+38 %"),
        ("1.200,50 € to 300 €", 1200.5, 300, "€", "", "−75 %"),
        ("1,200 to 1,500 orders", 1200, 1500, "orders", "", "+25 %"),
        ("35% to 12%", 35, 12, "%", "", "−23 points"),
        ("0 to 3 clients a month", 0, 3, "clients", "a month", "+3 clients"),
        ("-35 to 12 points", -35, 12, "points", "", "+47 points"),
        ("-$35,000 to $12,000 a month", -35e3, 12e3, "$", "a month", "+$47,000"),
        ("-5 °C to -18 °C", -5, -18, "°C", "", "−13 °C"),
        ("1,250,000,000 to 2 USD", 1.25e9, 2, "USD", "", "−99.9 %"),
        ("25 to 0 typos", 25, 0, "typos", "", "−100 %"),
        ("2 to 3,000,000 visits", 2, 3e6, "visits", "", "× 1.5 million"),
        ("4 часа to 2 часов", 4, 2, "часов", "", "−50 %"),
        ("2 to 50 leads", 2, 50, "leads", "", "× 25"),
        ("5 to 5 days", 5, 5, "days", "", "no change"),
        ("1 hour → 0.5 hours", 1, 0.5, "hours", "", "−50 %"),
        ("1000000 to 999000 tickets", 1e6, 999e3, "tickets", "", "−0.1 %"),
    ],
)
def test_numbers_are_read_as_they_are_written(
    text: str, before: float, after: float, unit: str, time: str, short: str
) -> None:
    change = change_of(text)
    assert (change.before, change.after) == (before, after)
    assert (change.unit, change.time, change.in_short) == (unit, time, short)


@pytest.mark.parametrize(
    ("language", "text", "before", "after", "time", "short"),
    [
        ("es", "de 12 horas a 2 horas a la semana", "12 horas", "2 horas", "a la semana", "−83 %"),
        ("es", "de 3 a 5 clientes por mes", "3 clientes", "5 clientes", "por mes", "+67 %"),
        ("es", "1,5 a 60.000 visitas", "1,5 visitas", "60.000 visitas", "", "× 40.000"),
        (
            "fr",
            "de 12 heures à 2 heures par semaine",
            "12 heures",
            "2 heures",
            "par semaine",
            "−83 %",
        ),
        ("fr", "40 000 € à 55 000 € par an", "40 000 €", "55 000 €", "par an", "+38 %"),
        ("fr", "from 12 down to 2 hours", "12 hours", "2 hours", "", "−83 %"),
        ("es", "12 hours to 2 hours a week", "12 hours", "2 hours", "a week", "−83 %"),
        ("fr", "12 h → 11,88 h", "12 h", "11,88 h", "", "−1 %"),
    ],
)
def test_numbers_are_read_in_spanish_and_french(
    language: str, text: str, before: str, after: str, time: str, short: str
) -> None:
    with speaking(language):
        change = change_of(text)
        assert (change.before_text, change.after_text) == (before, after)
        assert (change.time, change.in_short) == (time, short)


@pytest.mark.parametrize(
    ("language", "text", "before", "after", "unit"),
    [
        ("es", "de 2 mil millones de euros a 3.000 millones de euros", 2e9, 3e9, "euros"),
        ("es", "de 500 mil visitas a 1 millón de visitas", 5e5, 1e6, "visitas"),
        ("fr", "de 900 millions d’euros à 1,5 milliard d’euros", 9e8, 1.5e9, "euros"),
        ("fr", "de 1 billion de dollars à 2 billions de dollars", 1e12, 2e12, "dollars"),
        ("en", "1 billion dollars to 2 billion dollars", 1e9, 2e9, "dollars"),
    ],
)
def test_large_numbers_are_those_of_the_language(
    language: str, text: str, before: float, after: float, unit: str
) -> None:
    with speaking(language):
        change = change_of(text)
    assert (change.before, change.after, change.unit) == (before, after, unit)


@pytest.mark.parametrize("text", ["much better", "12 hours", "to 2 hours", "a to b"])
def test_without_two_numbers_there_is_no_chart(text: str) -> None:
    with pytest.raises(UnclearNumbers) as raised:
        change_of(text)
    assert raised.value.why == UnclearNumbers.NONE


def test_two_units_can_t_be_compared() -> None:
    with pytest.raises(UnclearNumbers) as raised:
        change_of("3 days to 2 hours")
    assert raised.value.why == UnclearNumbers.UNITS


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        change = change_of(text)
    except UnclearNumbers:
        return
    assert isinstance(change.in_short, str)


@pytest.mark.parametrize(
    ("text", "gain"),
    [
        ("$2 to $1", Gain.COST),
        ("1 EUR to 2 EUR", Gain.PROFIT),
        ("5 to 4 days", Gain.PROCESS),
    ],
)
def test_what_it_brings_is_guessed(text: str, gain: Gain) -> None:
    assert gain_of(change_of(text)) is gain


def test_the_words_say_what_the_picture_shows() -> None:
    pitch = Pitch(
        whom="Acme",
        by="Dana",
        gain=Gain.PROCESS,
        problem=FORM["problem"],
        change=FORM["change"],
        numbers=change_of(FORM["numbers"]),
        achievement="Ran 14 launches",
    )
    assert pitch.words == (
        "A pitch for Acme: process. The problem: Three analysts copy numbers by hand. The change: "
        "Let one query do it. Before: 12 hours a week. After: 2 hours a week (−83 %). "
        "Done before: Ran 14 launches."
    )


ODD = ("x" * 240, "word " * 48, "日本語の文" * 40, "שלום עולם " * 20, "$x_1^2$ \\frac", "")


@settings(max_examples=4)
@given(
    *(st.sampled_from(ODD) for _ in range(5)),
    st.sampled_from([0.0, -1.0, 1e-9, 1.0, 1e18]),
    st.sampled_from([0.0, -1e6, 1.0, 2.0, 1e18]),
)
def test_whatever_stands_in_it_is_drawn(
    problem: str, change: str, name: str, did: str, said: str, before: float, after: float
) -> None:
    numbers = Change(before, after, f"{before:,} units", f"{after:,} units", "units", "a week")
    pitch = Pitch(name, name, Gain.COST, problem, change, numbers, did, said)
    found = pictures(pitch)
    picture = Image.open(io.BytesIO(found.png))
    assert picture.size == (1080, 1350)
    margin = np.asarray(picture.convert("L"))[:, 1020:]
    assert (margin.min(axis=1) == margin.max(axis=1)).all(), "nothing stands in the margin"
    assert found.pdf.startswith(b"%PDF")


LONGEST = ("A form that prices parts on the spot and asks engineers for the odd ones. " * 4)[:240]


@pytest.mark.parametrize("size", [PHONE, PAGE], ids=["phone", "page"])
@pytest.mark.parametrize("text", ["Short", LONGEST, "שלום עולם " * 24, "日本語の文" * 20])
@pytest.mark.parametrize("numbers", ["12 to 2 hours", "-$35,000 to $12,000,000,000 per quarter"])
def test_nothing_is_cut_or_lies_over_something_else(
    size: tuple[float, float], text: str, numbers: str
) -> None:
    name = "Norddeutsche Verkehrsinfrastrukturplanungsgesellschaft mit beschränkter Haftung"
    pitch = Pitch(name, name, Gain.COST, text, text, change_of(numbers), text, text)
    sheet = drawn(pitch, *size)
    assert not sheet.is_cut
    boxes = [one.get_window_extent() for one in sheet.figure.texts]
    page = sheet.figure.bbox
    for number, one in enumerate(boxes):
        assert page.x0 < one.x0 and one.x1 < page.x1 and page.y0 < one.y0 and one.y1 < page.y1
        for other in boxes[number + 1 :]:
            low = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert low < 0.25 * min(one.height, other.height), "their lines are apart"


def test_a_name_that_no_font_has_is_left_out_and_the_rest_is_drawn() -> None:
    pitch = Pitch("삼성전자", "Dana", Gain.COST, "a", "b", change_of("2 to 1 h"))
    texts = [one.get_text() for one in drawn(pitch, *PHONE).figure.texts]
    assert texts[-1] == "From Dana"


@given(st.text("abc ,.日本שלום-", min_size=1, max_size=200), st.integers(40, 500))
@settings(max_examples=40)
def test_lines_are_no_wider_than_they_may_be(text: str, width: int) -> None:
    sheet, font = Sheet(540, 675), face(14)
    lines = sheet.wrapped(text, font, width, 3)
    assert len(lines) <= 3
    assert all(sheet.size(line, font) <= width for line in lines)


def test_letters_without_a_font_are_known() -> None:
    assert undrawable("Dana Ünïcødé 日本 שלום Иван → €") == ""
    assert undrawable("한국") == "한"


async def test_a_form_asks_and_a_picture_comes(office: Office) -> None:
    dana = office.member()
    await dana.says("proof Cut the monthly report from 3 days to 2 hours")
    await dana.says("proof She finds the waste, by: Kim Sato, knows: my manager at Initech")
    await dana.says("add Robin Patel @ Acme re: reporting, email")
    await dana.says("insight Robin, their report takes a week")
    await dana.says("pitch Robin")
    form = dana.last.form
    assert form is not None
    known = {field.name: field.value for field in form.fields}
    assert known["problem"] == "their report takes a week"
    assert known["achievement"] == "Cut the monthly report from 3 days to 2 hours"
    assert known["endorsement"] == "My manager at Initech: “She finds the waste”"
    text = await dana.fills(change=FORM["change"], numbers=FORM["numbers"])
    assert "Your pitch for Robin Patel" in text
    assert "chosen because it shares “report” with what they need" in text
    picture, page = dana.last.files
    assert (picture.name, page.name) == ("pitch-1.png", "pitch-1.pdf")
    assert "After: 2 hours a week (−83 %)" in picture.alt
    assert "Kim" not in picture.alt
    await dana.presses("Change it")
    assert dana.last.form is not None
    await dana.fills(numbers="4 to 2 hours")
    assert "−50 %" in dana.last.files[0].alt


async def test_what_the_picture_leaves_out_is_said(office: Office) -> None:
    dana = office.member()
    await dana.says("add @ 삼성전자")
    text = await dana.types("pitch", who="1", **FORM)
    assert "I have no letters for 삼성전자 in my pictures" in text
    assert len(dana.last.files) == 2
    text = await dana.types("pitch", who="1", **FORM | {"problem": "日本語の文" * 48})
    assert "ellipsis" not in text
    long = dict.fromkeys(("problem", "change", "achievement", "endorsement"), "日本語の文" * 48)
    assert "where it is cut there is an ellipsis" in await dana.types(
        "pitch", who="1", **FORM | long
    )


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"numbers": "much better"}, "numbers", "I need two numbers"),
        ({"numbers": "3 days to 2 hours"}, "numbers", "need the same unit"),
        ({"change": "한국"}, "change", "no letter for “한”"),
    ],
)
async def test_what_can_t_be_drawn_is_said(
    office: Office, values: dict[str, str], field: str, sentence: str
) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    text = await dana.types("pitch", who="Robin", **FORM | values)
    assert sentence in text
    assert dana.last.field == field
    await dana.presses("Correct it")
    form = dana.last.form
    assert form is not None
    assert {f.name: f.value for f in form.fields}["problem"] == FORM["problem"]


async def test_drawing_does_not_block_the_loop(office: Office) -> None:
    """The loop goes on: a picture of half a second is drawn beside it."""
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    await dana.types("pitch", who="Robin", **FORM)  # the first one loads the fonts
    worst, done = 0.0, False

    async def watch() -> None:
        nonlocal worst
        while not done:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            worst = max(worst, time.perf_counter() - began)

    watching = asyncio.create_task(watch())
    for _ in range(3):
        await dana.types("pitch", who="Robin", **FORM)
    done = True
    await watching
    assert worst < 0.25
