"""What a club reads at the wrap-up, and what the picture of its board shows, in words.

Only those who reached a goal are spoken of one by one; everybody is in the total, and nobody is
missed. A quiet week gets few words.
"""

from __future__ import annotations

from core.domain.clubs.board import Board, Row
from core.domain.clubs.effort import Effort
from core.reply import Heading, Message, Paragraph
from core.text import Text, clip, say
from core.voice.days import count, day_and_month
from core.voice.lookback import ALT_LIMIT

MOST_ROWS = 12
"""Rows of a board; the others who reached a goal are counted."""
NAME_LIMIT = 60
CLUB_LIMIT = 80
A_MEMBER = "a member"
QUIET = "A quiet week: no pings this time. The next kickoff begins a new one."
NOBODY = "No members at the moment."


def board_message(board: Board, club: str) -> Message:
    """The sentences beside the picture, for the club's channel."""
    heading = Heading(f"{clip(club, CLUB_LIMIT)}: {week_words(board)}")
    if not board.members or board.quiet:
        return Message((heading, Paragraph((say(QUIET if board.members else NOBODY),))))
    lines = [Paragraph((_together(board), *_before(board)))]
    if board.rows:
        lines.append(Paragraph((say("{reached}:", reached=reached_words(board)), *_rows(board))))
    return Message((heading, *lines))


def in_words(board: Board, club: str) -> str:
    """What the picture shows, for who can't see it."""
    told = [f"{clip(club, CLUB_LIMIT)}, {week_words(board)}", " ".join(summary(board)).strip()]
    if board.rows:
        rows = [f"{row_name(row)} {made_words(row)}" for row in board.rows[:MOST_ROWS]]
        told.append(f"{reached_words(board)}: {'; '.join([*rows, *_others(board)])}")
    if shows_trend(board):
        weeks = (
            f"week of {day_and_month(day)} {each.made} of {each.due}"
            for day, each in board.weeks
            if each
        )
        told.append(f"Pings made and due by week: {', '.join(weeks)}")
    return clip(". ".join(told).replace("..", ".") + ".", ALT_LIMIT)


def week_words(board: Board) -> str:
    """Which week it is."""
    return f"week of {day_and_month(board.week)}"


def summary(board: Board) -> tuple[str, str]:
    """Everybody together: in large type and in small, which may be ""."""
    if not board.members:
        return NOBODY.rstrip("."), ""
    if board.quiet:
        return "A quiet week", ""
    return f"{of_words(board.together)} made", f"by {_by(board)}"


def of_words(effort: Effort) -> str:
    """Made against due: "31 of 38 pings"."""
    return f"{effort.made} of {count(effort.due, 'ping')}"


def reached_words(board: Board) -> str:
    """How many reached a goal, for at least one."""
    return f"{count(board.reached, 'member')} reached their goal"


def made_words(row: Row) -> str:
    """What one member did: "5 of 6, goal 4, 3 weeks in a row"."""
    return f"{row.made} of {row.due}, {goal_words(row)}"


def goal_words(row: Row) -> str:
    """The goal, and the streak where there is one to tell."""
    streak = f", {count(row.streak, 'week')} in a row" if row.streak else ""
    return f"goal {row.goal}{streak}"


def row_name(row: Row) -> str:
    """The name, or that it is one of the members."""
    return clip(row.name, NAME_LIMIT) or A_MEMBER


def shows_trend(board: Board) -> bool:
    """Whether there is another week to compare with."""
    return len(board.weeks) > 1


def others_words(board: Board) -> str:
    """Those who reached a goal and have no row of their own, or ""."""
    more = len(board.rows) - MOST_ROWS
    return f"and {count(more, 'other')}" if more > 0 else ""


def _by(board: Board) -> str:
    return "1 member" if board.members == 1 else f"{board.members} members together"


def _together(board: Board) -> Text:
    return say("**{pings}** made by {members}.", pings=of_words(board.together), members=_by(board))


def _before(board: Board) -> list[Text]:
    before = board.trend[-1] if board.trend else None
    if before is None or not before.made:
        return []
    return [say("The week before: {pings}.", pings=of_words(before))]


def _rows(board: Board) -> list[Text]:
    rows = [
        say("**{name}**: {made}", name=row_name(row), made=made_words(row))
        if row.name
        else say("{name}: {made}", name=A_MEMBER.capitalize(), made=made_words(row))
        for row in board.rows[:MOST_ROWS]
    ]
    return [*rows, *(say("{others}", others=words) for words in _others(board))]


def _others(board: Board) -> list[str]:
    return [words] if (words := others_words(board)) else []
