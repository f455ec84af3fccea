"""What it means for a member that their digest hour has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from core.domain.attention import before_digest
from core.domain.hours import local_day, next_digest, todays_digest
from core.domain.records import Member


@dataclass(frozen=True)
class Morning:
    """One digest hour and what follows from it.

    - `day`: the member's day that gets a digest; None when nothing is to be sent.
    - `planned_at`: that day's digest hour.
    - `member`: as they are afterwards; `next_digest_at` is the hour after this one.
    """

    day: date | None
    planned_at: datetime
    member: Member


def morning_of(
    member: Member, now: datetime, first_due: date | None, *, reachable: bool
) -> Morning:
    """The morning of a member whose digest hour has come.

    `first_due` is their earliest due day; `reachable` whether there is an account to write to. A
    digest that was missed on an earlier day is not made up for: today's says it all.
    """
    found = before_digest(member)
    planned = todays_digest(found.rhythm, now, found.last_digest_on)
    today = local_day(now, found.tz)
    owed = planned is not None and reachable and first_due is not None and first_due <= today
    if owed:
        member = replace(found, last_digest_on=today, ignored=found.ignored + 1)
    elif found.weekly:
        member = found  # without a digest nobody was asked, but an answer was waited for
    following = next_digest(member.rhythm, now, first_due, member.last_digest_on)
    after = replace(member, next_digest_at=following)
    return Morning(today if owed else None, planned or now, after)
