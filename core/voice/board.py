"""What a club reads at the wrap-up, and what the picture of its board shows, in words.

Only those who reached a goal are spoken of one by one; everybody is in the total, and nobody is
missed. A quiet week gets few words.
"""

from __future__ import annotations

from datetime import date

from core.domain.clubs.board import Board, Row
from core.domain.clubs.effort import Effort
from core.language import number_words, tr, trn
from core.reply import Heading, Message, Paragraph
from core.text import Text, clip, plain, say, say_n, text_of
from core.voice.days import day_and_month
from core.voice.lookback import ALT_LIMIT

MOST_ROWS = 12
"""Rows of a board; the others who reached a goal are counted."""
NAME_LIMIT = 60
CLUB_LIMIT = 80


def board_message(board: Board, club: str) -> Message:
    """The sentences beside the picture, for the club's channel."""
    heading = Heading(
        tr("{club}: week of {day}", club=clip(club, CLUB_LIMIT), day=day_and_month(board.week))
    )
    if not board.members:
        return Message((heading, Paragraph((say("No members at the moment."),))))
    if board.quiet:
        quiet = say("A quiet week: no pings this time. The next kickoff begins a new one.")
        return Message((heading, Paragraph((quiet,))))
    lines = [Paragraph((_together(board), *_before(board)))]
    if board.rows:
        lines.append(Paragraph((say("{reached}:", reached=reached_words(board)), *_rows(board))))
    return Message((heading, *lines))


def in_words(board: Board, club: str) -> str:
    """What the picture shows, for who can't see it."""
    day = day_and_month(board.week)
    told = [
        tr("{club}, week of {day}.", club=clip(club, CLUB_LIMIT), day=day),
        _all_in_words(board),
    ]
    if board.rows:
        rows = [f"{row_name(row)} {made_words(row)}" for row in board.rows[:MOST_ROWS]]
        everybody = "; ".join([*rows, *_others(board)])
        told.append(tr("{reached}: {members}.", reached=reached_words(board), members=everybody))
    if shows_trend(board):
        weeks = ", ".join(_week_of(day, each) for day, each in board.weeks if each)
        told.append(tr("Pings made and due by week: {weeks}.", weeks=weeks))
    return clip(" ".join(told).replace("..", "."), ALT_LIMIT)


def _all_in_words(board: Board) -> str:
    if not board.members:
        return tr("No members at the moment.")
    return tr("A quiet week.") if board.quiet else plain(_together(board))


def _week_of(day: date, each: Effort) -> str:
    return tr("week of {day} {made} of {due}", day=day_and_month(day), made=each.made, due=each.due)


def week_words(board: Board) -> str:
    """Which week it is, below the club's name."""
    return tr("Week of {day}", day=day_and_month(board.week))


def summary(board: Board) -> tuple[str, str]:
    """Everybody together: in large type and in small, which may be ""."""
    if not board.members:
        return tr("No members at the moment"), ""
    if board.quiet:
        return tr("A quiet week"), ""
    made = tr("{pings} made", pings=of_words(board.together))
    return made, trn("by {count} member", "by {count} members together", board.members)


def of_words(effort: Effort) -> str:
    """Made against due: "31 of 38 pings"."""
    made = number_words(effort.made)
    return trn("{made} of {count} ping", "{made} of {count} pings", effort.due, made=made)


def reached_words(board: Board) -> str:
    """How many reached a goal, for at least one."""
    return trn(
        "{count} member reached their goal", "{count} members reached their goal", board.reached
    )


def made_words(row: Row) -> str:
    """What one member did: "5 of 6, goal 4, 3 weeks in a row"."""
    if not row.streak:
        return tr("{made} of {due}, goal {goal}", made=row.made, due=row.due, goal=row.goal)
    return trn(
        "{made} of {due}, goal {goal}, {count} week in a row",
        "{made} of {due}, goal {goal}, {count} weeks in a row",
        row.streak,
        made=row.made,
        due=row.due,
        goal=row.goal,
    )


def counts_words(row: Row) -> str:
    """Made against due, in a row of numbers: "5 of 6"."""
    return tr("{made} of {due}", made=row.made, due=row.due)


def goal_words(row: Row) -> str:
    """The goal, and the streak where there is one to tell."""
    if not row.streak:
        return tr("goal {goal}", goal=row.goal)
    return trn(
        "goal {goal}, {count} week in a row",
        "goal {goal}, {count} weeks in a row",
        row.streak,
        goal=row.goal,
    )


def row_name(row: Row) -> str:
    """The name, or that it is one of the members."""
    return clip(row.name, NAME_LIMIT) or tr("a member")


def shows_trend(board: Board) -> bool:
    """Whether there is another week to compare with."""
    return len(board.weeks) > 1


def others_words(board: Board) -> str:
    """Those who reached a goal and have no row of their own, or ""."""
    more = len(board.rows) - MOST_ROWS
    return trn("and {count} other", "and {count} others", more) if more > 0 else ""


def _together(board: Board) -> Text:
    return say_n(
        "**{pings}** made by {count} member.",
        "**{pings}** made by {count} members together.",
        board.members,
        pings=of_words(board.together),
    )


def _before(board: Board) -> list[Text]:
    before = board.trend[-1] if board.trend else None
    if before is None or not before.made:
        return []
    return [say("The week before: {pings}.", pings=of_words(before))]


def _rows(board: Board) -> list[Text]:
    rows = [
        say("**{name}**: {made}", name=row_name(row), made=made_words(row))
        if row.name
        else say("{name}: {made}", name=tr("A member"), made=made_words(row))
        for row in board.rows[:MOST_ROWS]
    ]
    return [*rows, *map(text_of, _others(board))]


def _others(board: Board) -> list[str]:
    return [words] if (words := others_words(board)) else []
