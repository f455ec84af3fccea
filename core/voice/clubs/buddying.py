"""Buddies: who it is this week, nudges, and what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from core.caller import Account
from core.domain.clubs.records import Buddy, Club, Membership
from core.language import N_, tr
from core.reply import Action, Button, Message, Tone
from core.requests import BuddyAnswer, ClubBuddy
from core.text import Text, say, say_n, text_of
from core.tokens import token
from core.voice.clubs.common import A_MEMBER, all_of, told, write_to
from core.voice.days import count

_ANSWERS = {
    "met": N_("Good. Keep each other going."),
    "nudge": N_("Thank you. I tell you when it is time."),
    "no-nudge": N_("Then I don't tell you. They don't hear that you said so."),
    "skip": N_("Next week you have no buddy. After that you do again."),
}


def buddies_message(
    club: Club,
    own: Buddy,
    others: Sequence[tuple[str, Account]],
    wanting: Sequence[tuple[str, int]],
) -> Message:
    """This week's buddy. `wanting` are those who ask for a nudge, with their days of silence."""
    names = [say("**{name}**", name=name or tr("a member")) for name, _ in others]
    lines = [
        say_n(
            "Your buddy in **{club}** this week: {names}. Say hello, tell each other what you "
            "are up to, and how it went.",
            "Your buddies in **{club}** this week: {names}. Say hello, tell each other what you "
            "are up to, and how it went.",
            len(others),
            club=club.name,
            names=all_of(names),
        )
    ]
    lines += [_asks(name, days) for name, days in wanting]
    actions: list[Action] = [write_to(name, account) for name, account in others]
    actions.append(
        Button(tr("We talked"), token(BuddyAnswer(buddy=own.id, do="met")), Tone.PRIMARY)
    )
    if wanting and own.nudges is None:
        actions += [
            Button(tr("I'll nudge"), token(BuddyAnswer(buddy=own.id, do="nudge"))),
            Button(tr("No nudging"), token(BuddyAnswer(buddy=own.id, do="no-nudge"))),
        ]
    actions.append(Button(tr("Skip next week"), token(BuddyAnswer(buddy=own.id, do="skip"))))
    return told(*lines, actions=tuple(actions))


def _asks(name: str, days: int) -> Text:
    return say(
        "{name} asks to be nudged after {days} of silence. If you agree, I tell you when it is "
        "time: how many days, how many pings are due, and nothing else.",
        name=_begun(name) if name else tr(A_MEMBER),
        days=count(days, "day"),
    )


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def nudge(club: Club, name: str, account: Account, days: int, due: int) -> Message:
    """A buddy is silent, and wanted that somebody says so."""
    return told(
        say_n(
            "**{name}** in {club} has made no ping for {days}, and {count} is due. They asked "
            "for a nudge: a friendly line is enough.",
            "**{name}** in {club} has made no ping for {days}, and {count} are due. They asked "
            "for a nudge: a friendly line is enough.",
            due,
            name=name or tr("Your buddy"),
            club=club.name,
            days=count(days, "day"),
        ),
        actions=(write_to("", account),),
    )


def unpaired(club: Club) -> Message:
    """Nobody is paired who never answers."""
    again = Button(tr("Pair me again"), token(ClubBuddy(club=club.id, want="on")))
    return told(
        say(
            "Three times you had a buddy in **{club}** and said nothing of it, so I pair you no "
            "more for now. That is fine.",
            club=club.name,
        ),
        actions=(again,),
    )


def state(
    club: Club, mine: Membership, names: Sequence[str], *, alone: bool, skips: bool
) -> Message:
    """What a member chose about buddies. `alone`: nobody else wants one; `skips`: next week."""
    if not mine.buddy:
        on = Button(tr("Pair me"), token(ClubBuddy(club=club.id, want="on")), Tone.PRIMARY)
        return told(say("You have no buddy in **{club}**.", club=club.name), actions=(on,))
    lines = [
        say(
            "You are paired with somebody in **{club}** at each kickoff, seldom with the same one "
            "twice. They know your name, and nothing of whom you write to.",
            club=club.name,
        )
    ]
    if alone:
        lines.append(say("Nobody else wants one yet. You have one once somebody does."))
    if names:
        lines.append(say("This week: {names}.", names=all_of([text_of(one) for one in names])))
    if skips:
        lines.append(say("Next week you have none."))
    lines.append(
        say(
            "After {days} of silence they hear of it, if they agree.",
            days=count(mine.nudge_after, "day"),
        )
        if mine.nudge_after
        else say("Nobody hears when you are silent. `/followup club buddy nudge: 3` changes that.")
    )
    off = Button(tr("No more buddies"), token(ClubBuddy(club=club.id, want="off")))
    skip = Button(tr("Skip next week"), token(ClubBuddy(club=club.id, want="skip")))
    return told(*lines, actions=(skip, off))


def answered(do: str) -> Message:
    """What a button on the message did."""
    return told(say(_ANSWERS.get(do, N_("Noted."))))
