"""What looking back says, and what it does not: there may be too little to tell."""

from __future__ import annotations

from core.domain.lookback import ENOUGH, Group, Lookback
from core.domain.words import Channel
from core.reply import Heading, Message, Paragraph
from core.text import Text, clip, plain, say
from core.voice.days import count, day_and_month

NOTHING_YET = Message(
    (
        Paragraph(
            (
                say("There is nothing to look back on yet: no ping was due and none was sent."),
                say(
                    "It grows with each ping: press **Sent** when you wrote, or type "
                    "`/followup sent` and a name."
                ),
            )
        ),
    )
)
ALT_LIMIT = 1000


def lookback_message(found: Lookback) -> Message:
    """The sentences beside the picture."""
    return Message((Heading("Looking back"), Paragraph(tuple(_lines(found)))))


def in_words(found: Lookback) -> str:
    """What the picture shows, for who can't see it."""
    weeks = ", ".join(
        f"week of {day_and_month(week.monday)}: {week.made} made, {week.due} due"
        for week in found.weeks
        if week.made or week.due
    )
    answers = [f" {line}" for line in map(plain, _groups(found))] if found.tells_answers else []
    return clip(f"Pings made and due by week. {weeks}.{''.join(answers)}", ALT_LIMIT)


def _lines(found: Lookback) -> list[Text]:
    made, due = sum(w.made for w in found.weeks), sum(w.due for w in found.weeks)
    first = say(
        "In the last {weeks} weeks you sent **{made}**; {due} fell due.",
        weeks=len(found.weeks),
        made=count(made, "ping"),
        due=f"{due:,}",
    )
    if not found.tells_answers:
        missing = ENOUGH - len(found.pings)
        few = say(
            "What works best can't be told yet: that takes {enough} pings, {missing} more.",
            enough=ENOUGH,
            missing=missing,
        )
        return [first, few]
    return [first, _answers(found), *_groups(found)]


def _answers(found: Lookback) -> Text:
    days = found.days_to_answer
    soon = ""
    if days is not None:
        within = "on the day itself" if days < 1 else f"within {count(round(days), 'day')}"
        soon = f" Half of the answers came {within}."
    return say(
        "Of all {pings}, **{answered}** were answered, {share} %.{soon}",
        pings=count(len(found.pings), "ping"),
        answered=found.answered,
        share=round(100 * found.answered / len(found.pings)),
        soon=soon,
    )


def _groups(found: Lookback) -> list[Text]:
    lines = []
    for what, groups in found.groups.items():
        if len(groups) < 2:
            continue
        best = found.best(what)
        each = ", ".join(map(_group, groups[:4]))
        verdict = (
            f"{name_of(best)} is answered most, and that is more than chance"
            if best
            else "too close, or too few, to say which works best"
        )
        lines.append(say("By {what}: {each}; {verdict}.", what=what, each=each, verdict=verdict))
    return lines


def _group(group: Group) -> str:
    return f"{name_of(group)} {group.answered} of {group.pings}"


def name_of(group: Group) -> str:
    """What a group is called: a channel as it writes itself."""
    return "LinkedIn" if group.name == Channel.LINKEDIN else clip(group.name, 30)
