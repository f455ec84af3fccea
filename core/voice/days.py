"""How a day, an hour and a zone are said: always weekday, date and distance."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.language import day_names, month_names, tr, trn, trp


def weekday_name(day: int) -> str:
    """A day of the week in words; 0 is Monday."""
    return day_names()[day]


def date_words(day: date, today: date) -> str:
    """Weekday and date, with the year where it is another one: "Friday 27 November"."""
    weekday, month = day_names()[day.weekday()], month_names()[day.month - 1]
    if day.year == today.year:
        return tr("{weekday} {day} {month}", weekday=weekday, day=_number(day), month=month)
    return tr(
        "{weekday} {day} {month} {year}",
        weekday=weekday,
        day=_number(day),
        month=month,
        year=day.year,
    )


def short_date(day: date, today: date) -> str:
    """As `date_words`, abbreviated: "Fri 27 Nov"."""
    weekday = day_names("abbreviated")[day.weekday()]
    month = month_names("abbreviated")[day.month - 1]
    if day.year == today.year:
        return trp(
            "short date", "{weekday} {day} {month}", weekday=weekday, day=_number(day), month=month
        )
    return trp(
        "short date",
        "{weekday} {day} {month} {year}",
        weekday=weekday,
        day=_number(day),
        month=month,
        year=day.year,
    )


def _number(day: date) -> str:
    """The day of the month; the first has a name of its own in French."""
    return trp("first day of a month", "1") if day.day == 1 else str(day.day)


def day_and_month(day: date) -> str:
    """For a row of days, where each has little room: "27 Nov"."""
    return tr("{day} {month}", day=_number(day), month=month_names("abbreviated")[day.month - 1])


def distance(day: date, today: date) -> str:
    """How far away: "today", "tomorrow", "in 4 days", "2 days ago", "in 3 weeks"."""
    days = (day - today).days
    if days == 0:
        return tr("today")
    if abs(days) == 1:
        return tr("tomorrow") if days == 1 else tr("yesterday")
    size = abs(days)
    if size % 7 == 0 and size >= 14:
        weeks = size // 7
        if days > 0:
            return trn("in {count} week", "in {count} weeks", weeks)
        return trn("{count} week ago", "{count} weeks ago", weeks)
    if days > 0:
        return trn("in {count} day", "in {count} days", size)
    return trn("{count} day ago", "{count} days ago", size)


def day_words(day: date, today: date) -> str:
    """Weekday, date and distance: "Friday 27 November (in 4 days)"."""
    return tr("{date} ({distance})", date=date_words(day, today), distance=distance(day, today))


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun: "1 ping", "3 pings"."""
    return trn(f"{{count}} {one}", f"{{count}} {many or one + 's'}", number)


def hour_words(hour: time) -> str:
    """A time of day: "8:30"."""
    return tr("{hour}:{minute}", hour=hour.hour, minute=f"{hour.minute:02}")


def clock_words(now: datetime, zone: str) -> str:
    """What the clock on the wall shows there: "14:45 on Monday"."""
    local = now.astimezone(ZoneInfo(zone))
    return tr(
        "{hour} on {weekday}", hour=hour_words(local.time()), weekday=weekday_name(local.weekday())
    )
