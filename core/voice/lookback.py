"""What looking back says, and what it does not: there may be too little to tell."""

from __future__ import annotations

from core.domain.lookback import ENOUGH, Group, Lookback
from core.domain.words import Channel
from core.language import N_, number_words, tr
from core.reply import Heading, Message, Paragraph
from core.text import Text, clip, join, plain, say, say_n
from core.voice.days import count, day_and_month
from core.voice.words import word

ALT_LIMIT = 1000
_BY = {
    "step": N_("By step: {each}; {verdict}."),
    "channel": N_("By channel: {each}; {verdict}."),
    "angle": N_("By angle: {each}; {verdict}."),
}


def nothing_yet() -> Message:
    """What somebody reads who has sent nothing, and of whom nothing was due."""
    first = say("There is nothing to look back on yet: no ping was due and none was sent.")
    then = say(
        "It grows with each ping: press **Sent** when you wrote, or type `/followup sent` and a "
        "name."
    )
    return Message((Paragraph((first, then)),))


def lookback_message(found: Lookback) -> Message:
    """The sentences beside the picture."""
    return Message((Heading(tr("Looking back")), Paragraph(tuple(_lines(found)))))


def in_words(found: Lookback) -> str:
    """What the picture shows, for who can't see it."""
    weeks = ", ".join(
        tr(
            "week of {day}: {made} made, {due} due",
            day=day_and_month(week.monday),
            made=week.made,
            due=week.due,
        )
        for week in found.weeks
        if week.made or week.due
    )
    answers = map(plain, _groups(found)) if found.tells_answers else ()
    whole = tr("Pings made and due by week. {weeks}.", weeks=weeks)
    return clip(" ".join((whole, *answers)), ALT_LIMIT)


def _lines(found: Lookback) -> list[Text]:
    made, due = sum(w.made for w in found.weeks), sum(w.due for w in found.weeks)
    first = say(
        "In the last {weeks} weeks you sent **{made}**; {due} fell due.",
        weeks=len(found.weeks),
        made=count(made, "ping"),
        due=number_words(due),
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
    share = say(
        "Of all {pings}, **{answered}** were answered, {share} %.",
        pings=count(len(found.pings), "ping"),
        answered=number_words(found.answered),
        share=round(100 * found.answered / len(found.pings)),
    )
    return join([share, _soon(found.days_to_answer)])


def _soon(days: float | None) -> Text:
    """How soon half of the answers came, where there were any."""
    if days is None:
        return ()
    if days < 1:
        return say("Half of the answers came on the day itself.")
    return say_n(
        "Half of the answers came within {count} day.",
        "Half of the answers came within {count} days.",
        round(days),
    )


def _groups(found: Lookback) -> list[Text]:
    lines = []
    for what, groups in found.groups.items():
        if len(groups) < 2:
            continue
        best = found.best(what)
        each = ", ".join(map(_group, groups[:4]))
        verdict = (
            tr("{name} is answered most, and that is more than chance", name=name_of(best))
            if best
            else tr("too close, or too few, to say which works best")
        )
        lines.append(say(_BY[what], each=each, verdict=verdict))
    return lines


def _group(group: Group) -> str:
    return tr("{name} {answered}", name=name_of(group), answered=answered_of(group))


def answered_of(group: Group) -> str:
    """How many of its pings were answered: "3 of 8"."""
    return tr(
        "{answered} of {pings}",
        answered=number_words(group.answered),
        pings=number_words(group.pings),
    )


def name_of(group: Group) -> str:
    """What a group is called: a channel as it writes itself."""
    return "LinkedIn" if group.name == Channel.LINKEDIN else clip(word(group.name), 30)
