"""Whatever comes to the desk is answered, loses nothing, and shows nobody what is another's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from core.caller import Account, Platform, Upload
from core.requests import Import
from core.store import members
from core.tokens import token
from tests.fuzz_world import HERS, World
from tests.fuzzing import (
    Faults,
    changes,
    fuzz,
    lines,
    made_up,
    one_of,
    texts,
    typed,
    watched,
    with_values,
)
from tests.people import Office, token_of

places = st.sampled_from(["private", "channel", "home"])
short = st.booleans()


@pytest.fixture
def faults() -> Iterator[Faults]:
    yield from watched()


@pytest.fixture
async def world(office: Office, faults: Faults) -> AsyncIterator[World]:
    """Both of them, and what can be pressed."""
    world = World(office, faults, office.member("dana"), office.member("eve"))
    await world.begin()
    faults.none()
    yield world


@fuzz(150)
@given(lines, places, short)
async def test_a_typed_line(world: World, line: str, place: str, small: bool) -> None:
    caller = world.caller(place, small)
    await world.answers(world.office.desk.line(line, caller), caller)


@fuzz(120)
@given(typed, places, short, st.booleans())
async def test_typed_options(
    world: World, asked: tuple[str, dict[str, str]], place: str, small: bool, as_form: bool
) -> None:
    caller = world.caller(place, small)
    desk = world.office.desk
    await world.answers((desk.form if as_form else desk.typed)(*asked, caller), caller)


@fuzz(150)
@given(with_values, changes, places, st.sampled_from(["out", "made", "plain"]), made_up)
async def test_a_form_that_comes_back(
    world: World,
    asked: tuple[str, dict[str, str]],
    change: tuple[int, str, int, str],
    place: str,
    which: str,
    made: str,
) -> None:
    verb, values = asked
    caller = world.caller(place, small=False)
    carried = {"out": one_of(world.tokens, change), "made": made, "plain": verb}[which]
    note(f"token {carried!r}")
    await world.answers(world.office.desk.submit(carried, values, caller), caller, silent=True)


@fuzz(200)
@given(
    changes,
    st.sampled_from(["mine", "hers", "made", "random"]),
    made_up,
    texts,
    places,
    short,
)
async def test_a_button(
    world: World,
    change: tuple[int, str, int, str],
    whose: str,
    made: str,
    random: str,
    place: str,
    small: bool,
) -> None:
    known = world.hers if whose == "hers" else world.tokens
    pressed = {"made": made, "random": random}.get(whose) or one_of(known, change)
    note(f"token {pressed!r}")
    caller = world.caller(place, small)
    silent = pressed.startswith("importing")  # a step that nobody waits for
    await world.answers(world.office.desk.press(pressed, caller), caller, silent)


@fuzz(100)
@given(typed, texts, texts, places)
async def test_what_is_completed(
    world: World, asked: tuple[str, dict[str, str]], text: str, unknown: str, place: str
) -> None:
    verb, values = asked
    caller = world.caller(place, small=False)
    for name in [*values, unknown]:
        found = await world.office.desk.suggest(verb, name, text, caller)
        world.faults.none()
        assert len(found) <= 25
        assert not any(word in one.label for one in found for word in HERS)
    assert await world.of_eve() == world.untouched


@fuzz(60)
@given(
    st.binary(max_size=300)
    | st.lists(texts, max_size=12).map(lambda cells: ",".join(cells).encode(errors="replace"))
    | st.lists(st.lists(texts, min_size=3, max_size=3), max_size=6).map(
        lambda rows: "\n".join(["Company,Role,Status", *(";".join(row) for row in rows)]).encode(
            "utf-16", errors="replace"
        )
    ),
    st.sampled_from(["", "large", "lost"]),
)
async def test_a_file_that_comes_with_a_form(world: World, content: bytes, problem: str) -> None:
    upload = Upload(problem=problem) if problem else Upload(content)
    caller = replace(world.caller("private", small=False), upload=upload)
    values = {"file": "list.csv"}
    carried = token(Import())
    await world.answers(world.office.desk.submit(carried, values, caller), caller)
    for one in [one for one in world.tokens if one.startswith("importing")][-3:]:
        caller = world.caller("private", small=False)
        await world.answers(world.office.desk.press(one, caller), caller, silent=True)


@pytest.mark.parametrize("view", ["d", "c", "p", "l.open."])
async def test_an_id_that_fits_no_database_is_of_an_old_button(world: World, view: str) -> None:
    for pressed in (f"view:v={view}{'9' * 60}", f"sent:t=1&v={view}{'9' * 60}"):
        caller = world.caller("private", small=False)
        await world.answers(world.office.desk.press(pressed, caller), caller)


async def test_a_button_that_is_overtaken_and_was_altered(world: World) -> None:
    for view in ("zzz", "d", "d999", "p1"):
        caller = world.caller("private", small=False)
        await world.answers(world.office.desk.press(f"sent:t=1&s=1&v={view}", caller), caller)


async def test_a_file_that_waits_is_no_request_to_go_on_with(world: World) -> None:
    await world.dana.imports(b"Company,Role\nInitech,PM\n")
    assert world.dana.last.message is not None
    kept = token_of(world.dana.last.message, "Import 1").partition("k=")[2].partition("&")[0]
    for more in ("", "&form=1", "&field=file&value=x", "&club=1", "&t=1"):
        caller = world.caller("private", small=False)
        await world.answers(world.office.desk.press(f"resume:k={kept}{more}", caller), caller)


@pytest.mark.parametrize("half", ["show:v=\ud800", "note:t=1&v=\udfff", "\ud800"])
async def test_a_button_with_half_a_character_is_an_old_one(world: World, half: str) -> None:
    caller = world.caller("private", small=False)
    await world.answers(world.office.desk.press(half, caller), caller)


async def test_a_name_that_no_database_takes_is_kept_without_that(world: World) -> None:
    who = Account(Platform.WEB, "", "somebody")
    caller = replace(world.caller("private", small=False), account=who, name="D\x00an\ud800a")
    await world.answers(world.office.desk.line("settings", caller), caller)
    async with world.office.store.reading() as session:
        member = await members.peek(session, who)
    assert member is not None
    assert member.name == "Dana"
