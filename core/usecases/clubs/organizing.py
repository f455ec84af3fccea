"""For those who look after a club: its numbers, in private, and never a member's."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from core.domain.clubs.organizing import LEAST, REACHED, merged
from core.domain.clubs.records import WeekTotals
from core.reply import File, Reply
from core.requests.clubs import ClubTotals
from core.store import memberships
from core.usecases.clubs.finding import organized
from core.usecases.work import Work
from core.voice.clubs import organizing as voice

WEEKS_TOLD = 8
COLUMNS = ("week", "members", "goals", "goals_reached", "pings_made", "pings_due")
"""In English whoever reads it: programs do, and a club's files are to fit together."""


async def totals(work: Work, request: ClubTotals) -> Reply:
    """The weeks of the club in counts, groups of fewer than five merged, and all as a file."""
    club = await organized(work, request)
    weeks = await memberships.totals(work.session, club.id)
    joined = await memberships.of_club(work.session, club.id)
    groups = merged(weeks[-1].groups) if weeks else ()
    message = voice.totals_message(club, len(joined), weeks[-WEEKS_TOLD:], groups, work.today)
    file = File(f"club-{work.today}.csv", "text/csv", table(weeks))
    return Reply(message, files=(file,) if weeks else ())


def table(weeks: Sequence[WeekTotals]) -> bytes:
    """The club's own totals as CSV. A week of few members is told in totals alone."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in weeks:
        few = one.members < LEAST
        goals = ("", "") if few else _goals(one)
        writer.writerow((one.week, "" if few else one.members, *goals, one.made, one.due))
    return out.getvalue().encode("utf-8-sig")


def _goals(one: WeekTotals) -> tuple[int | str, int | str]:
    """Goals and how many were reached, where no difference of these singles out a few.

    Nor may it take apart what the message puts together: see `merged`.
    """
    parts = (
        one.goals,
        one.members - one.goals,
        one.reached,
        one.members - one.reached,
        one.goals - one.reached,
    )
    alone = any(0 < part < LEAST for part in parts)
    apart = one.reached and REACHED not in {group.name for group in merged(one.groups)}
    return ("", "") if alone or apart else (one.goals, one.reached)
