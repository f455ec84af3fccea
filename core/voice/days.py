"""How a day, an hour and a zone are said: always weekday, date and distance."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_words(day: date, today: date) -> str:
    """Weekday and date, with the year where it is another one: "Friday 27 November"."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def short_date(day: date, today: date) -> str:
    """As `date_words`, abbreviated: "Fri 27 Nov"."""
    words = f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
    return words if day.year == today.year else f"{words} {day.year}"


def day_and_month(day: date) -> str:
    """For a row of days, where each has little room: "27 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def distance(day: date, today: date) -> str:
    """How far away: "today", "tomorrow", "in 4 days", "2 days ago", "in 3 weeks"."""
    days = (day - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days == 1 else "yesterday"
    size = abs(days)
    words = f"{size // 7} weeks" if size % 7 == 0 and size >= 14 else f"{size} days"
    return f"in {words}" if days > 0 else f"{words} ago"


def day_words(day: date, today: date) -> str:
    """Weekday, date and distance: "Friday 27 November (in 4 days)"."""
    return f"{date_words(day, today)} ({distance(day, today)})"


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun: "1 ping", "3 pings"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hour_words(hour: time) -> str:
    """A time of day: "8:30"."""
    return f"{hour.hour}:{hour.minute:02}"


def clock_words(now: datetime, zone: str) -> str:
    """What the clock on the wall shows there: "14:45 on Monday"."""
    local = now.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02} on {WEEKDAYS[local.weekday()]}"
