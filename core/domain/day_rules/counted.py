"""Days that are counted from another: "in 3 days", "a week from Monday", "the day after"."""

from __future__ import annotations

from datetime import date, timedelta

from core.domain.calendar import ONE_DAY
from core.domain.day_rules.base import (
    ANY_WEEKDAY,
    COUNT,
    UNIT,
    WEEKDAYS,
    Days,
    Found,
    Rule,
    Scene,
    weekday_number,
)
from core.domain.day_rules.steps import (
    days_up,
    first_working,
    monday_of,
    months_on,
    working_days_on,
)

MOST_WORKING_DAYS = 500
A_FEW = (3, 5)
_SPAN = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def _count(word: str) -> int:
    return 1 if word in ("a", "an") else int(word)


def _moved(scene: Scene, day: date, unit: str, count: int) -> Days:
    """So many units after a day; before it for a negative count."""
    if unit in _MONTHS:
        return (months_on(day, count * _MONTHS[unit]),)
    if unit in _SPAN:
        return (day + timedelta(days=count * _SPAN[unit]),)
    if not 1 <= abs(count) <= MOST_WORKING_DAYS:
        return ()
    moved = working_days_on(scene.calendar, day, count)
    return (moved,) if moved else ()


def _relative(found: Found, scene: Scene) -> Days:
    steps = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1}
    return (scene.day + ONE_DAY * steps.get(found[0], 0),)


def _soon(found: Found, scene: Scene) -> Days:
    """No day, but two are likely."""
    return (scene.day, *_working(scene, scene.day, -1 if scene.past else 1))


def _ahead(found: Found, scene: Scene) -> Days:
    return _moved(scene, scene.day, found["unit"], _count(found["count"]))


def _bare(found: Found, scene: Scene) -> Days:
    """ "2 weeks" alone. "One day" is no day, and in a line "6 months" is how long it lasts."""
    count, unit = _count(found["count"]), found["unit"]
    if (count == 1 and unit == "day") or (scene.line and unit in _MONTHS):
        return ()
    return _moved(scene, scene.day, unit, count)


def _ago(found: Found, scene: Scene) -> Days:
    return _moved(scene, scene.day, found["unit"], -_count(found["count"]))


def _several(found: Found, scene: Scene) -> Days:
    counts = (int(found["least"]), int(found["most"])) if "least" in found.groupdict() else A_FEW
    counts = (-counts[0], -counts[1]) if "ago" in found[0] else counts
    return tuple(d for n in counts for d in _moved(scene, scene.day, found["unit"], n))


def _counted_from(found: Found, scene: Scene) -> Days:
    count = _count(found["count"]) * (-1 if found["way"] == "before" else 1)
    anchors = scene.anchor(found["anchor"])
    return tuple(d for day in anchors for d in _moved(scene, day, found["unit"], count))


def _unit_beside(found: Found, scene: Scene) -> Days:
    """ "The day after Friday"; "the week after" begins on a Monday, or is seven days later."""
    sign = -1 if found["way"] == "before" else 1
    days: list[date] = []
    for day in scene.anchor(found["anchor"]):
        if found["unit"] == "week":
            monday = monday_of(day) + timedelta(days=7 * sign)
            days += [first_working(scene.calendar, days_up(monday, 7)) or monday]
        days += _moved(scene, day, found["unit"], sign)
    return tuple(days)


def _beside(found: Found, scene: Scene) -> Days:
    """ "After Thanksgiving" is the first working day after it, "before" the last one before."""
    sign, anchor = -1 if found["way"] == "before" else 1, found["anchor"]
    if anchor == "easter" and sign > 0:
        anchor = "easter monday"  # where that is a holiday, and where it is none nobody minds
    return tuple(d for day in scene.anchor(anchor) for d in _working(scene, day, sign))


def _working(scene: Scene, day: date, count: int) -> Days:
    return _moved(scene, day, "working day", count)


def _after_weekend(found: Found, scene: Scene) -> Days:
    monday = monday_of(scene.day) + timedelta(days=7)
    return (first_working(scene.calendar, days_up(monday, 7)) or monday,)


def _weekday_beside(found: Found, scene: Scene) -> Days:
    """ "The Monday after Thanksgiving": never that day itself."""
    wanted = weekday_number(found["weekday"])
    days: list[date] = []
    for day in scene.anchor(found["anchor"]):
        if found["way"] == "before":
            days.append(day - ONE_DAY * ((day.weekday() - wanted) % 7 or 7))
        else:
            days.append(day + ONE_DAY * ((wanted - day.weekday()) % 7 or 7))
    return tuple(days)


def _a_week_on(found: Found, scene: Scene) -> Days:
    weeks = _count(found.groupdict().get("count") or "1")
    return tuple(day + timedelta(weeks=weeks) for day in scene.anchor(found["anchor"]))


def _bare_number(found: Found, scene: Scene) -> Days:
    count = int(found["count"])
    if scene.inner or scene.line or not 1 <= count <= 31:
        return ()
    return (*_moved(scene, scene.day, "day", -count if scene.past else count), *_nth(count, scene))


def _nth(number: int, scene: Scene) -> Days:
    return scene.anchor(f"{number}th")


_NEAR = rf"(?P<anchor>{'|'.join(WEEKDAYS)}|today|tomorrow)"
_FROM_NOW = r"(?: (?:time|from now|later|from today|today|hence))"
COUNTED = (
    Rule(r"day before yesterday|yesterday|today|tomorrow|end of (?:day|today)", _relative),
    Rule(r"now", _relative, line=False),
    Rule(r"asap|soon|as soon as possible|immediately|right away", _soon, line=False, period=True),
    Rule(rf"(?:in|within|after) {COUNT} {UNIT}{_FROM_NOW}?", _ahead),
    Rule(rf"{COUNT} {UNIT}{_FROM_NOW}", _ahead),
    Rule(rf"{COUNT} {UNIT}", _bare),
    Rule(r"next (?P<unit>working day)", lambda found, scene: _working(scene, scene.day, 1)),
    Rule(rf"{COUNT} {UNIT} (?:ago|back)", _ago),
    Rule(rf"(?:in |after )?(?:a )?(?:few|several|some) {UNIT}(?: time| from now| ago)?", _several),
    Rule(
        rf"(?:in |after )?(?P<least>\d{{1,3}}) ?(?:-|to|or) ?(?P<most>\d{{1,3}}) {UNIT}", _several
    ),
    Rule(rf"{COUNT} {UNIT} (?P<way>from|after|before|on) (?P<anchor>.+)", _counted_from),
    Rule(rf"{UNIT} (?P<way>from|after|before) (?P<anchor>.+)", _unit_beside),
    Rule(r"after weekend", _after_weekend),
    Rule(r"(?P<way>after|before) (?P<anchor>.+)", _beside),
    Rule(rf"{ANY_WEEKDAY} (?P<way>after|before) (?P<anchor>.+)", _weekday_beside),
    Rule(rf"{_NEAR} week", _a_week_on),
    Rule(rf"{COUNT} weeks? {_NEAR}", _a_week_on),
    Rule(r"(?P<count>\d{1,2})", _bare_number, line=False),
)
