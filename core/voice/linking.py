"""Being one person on several platforms: what is said before, and what has come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.caller import Account
from core.domain.linking import GOOD_FOR
from core.domain.records import FollowUp, Member
from core.language import N_, day_names, tr, trp
from core.reply import Action, Actions, Block, Button, Heading, Message, Paragraph, Tone
from core.requests import Link, List
from core.store.accounts import OwnAccount
from core.text import Text, say, say_n
from core.tokens import token
from core.voice.days import count, hour_words
from core.voice.people import headline
from core.voice.selves import digest_of, heading_place, note, place_of, selves
from core.voice.words import word

OWN_CODE = N_(
    "That is the code I gave you here. Enter it as your other self: on the other platform, or in "
    "the other workspace."
)
ONE_ALREADY = N_(
    "You and whoever that code was made for are one already. `/followup link` says where."
)
CROWD = N_(
    "Each of you is joined with somebody already. Part one side first, with the button under "
    "`/followup link`, and join it anew."
)
ONE_CLUB = N_(
    "Both of you are in {club}, and a club counts a person once. Leave it with one of the two "
    "first: `/followup club leave`."
)
SHOWN = 5
_MINUTES = int(GOOD_FOR.total_seconds() // 60)


@dataclass(frozen=True)
class Side:
    """One of two selves: where it is, how it is set, and how many follow-ups it has."""

    account: Account
    member: Member
    listed: int


@dataclass(frozen=True)
class Met:
    """What two lists share: numbers, contacts the same in all, and contacts of one name."""

    numbers: int
    same: int
    alike: int


def code_message(code: str, mine: int, own: Sequence[OwnAccount]) -> Message:
    """A new code, and how things stand."""
    lines = (
        say("`{code}`", code=code),
        say(
            "Within {minutes} minutes, as your other self (on Slack, on Discord, in another "
            "workspace), type `/followup link {code}`. It works once.",
            minutes=_MINUTES,
            code=code,
        ),
        say(
            "You then have one list and one morning message. Your clubs stay separate. Show the "
            "code to nobody: whoever enters it sees your list. I say so here when it was used."
        ),
    )
    blocks: list[Block] = [Heading(tr("Be one person in two places")), Paragraph(lines)]
    if len(own) < 2:
        return Message(tuple(blocks))
    return Message((*_standing(mine, own), *blocks))


def _standing(mine: int, own: Sequence[OwnAccount]) -> tuple[Block, ...]:
    me = next(one for one in own if one.id == mine)
    actions: list[Action] = []
    if digest_of(me, own) is not me:
        actions.append(Button(tr("Send it here"), token(Link(do="digest"))))
    actions.append(Button(tr("Part my selves"), token(Link(do="part"))))
    return Heading(tr("Your selves")), Paragraph(selves(mine, own)), Actions(tuple(actions))


def wrong() -> Message:
    """One answer to every code that is none, whatever is wrong with it."""
    return note(
        say(
            "That code doesn't fit. It may be mistyped, older than {minutes} minutes, or used. "
            "Type `/followup link` as your other self for a new one.",
            minutes=_MINUTES,
        )
    )


def wait(left: timedelta) -> Message:
    """Too many wrong codes: none is looked at for a while, not even a right one."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return note(
        say(
            "There were too many codes that don't fit, so I look at none for now. Try again in "
            "{left}; your other self may need a new one by then.",
            left=count(minutes, "minute"),
        )
    )


def question(code_id: int, here: Side, there: Side, met: Met) -> Message:
    """What joining would do, before it is done."""
    place = place_of(there.account, here.account)
    lines = [
        say(
            "Here: **{here}**. {place}: **{there}**. They become one list, which you see and "
            "change from both.",
            here=count(here.listed, "follow-up"),
            place=heading_place(there.account, here.account),
            there=count(there.listed, "follow-up"),
        ),
        *_meeting(met),
        say(
            "One morning message, here; type `/followup link digest: here` where you want it "
            "instead. Your clubs stay separate and hear nothing of this; each counts your pings "
            "of the whole list."
        ),
    ]
    differs = _settings(here.member) != _settings(there.member)
    if differs:
        lines += [
            say("Settings here: {what}.", what=_settings(here.member)),
            say(
                "Settings {place}: {what}. The others come back when you part.",
                place=place,
                what=_settings(there.member),
            ),
        ]
    lines.append(
        say(
            "**Say yes only if you made the code yourself.** Whoever has the other account sees "
            "and changes all of this."
        )
    )
    mine = tr("Join, settings from here") if differs else trp("accounts", "Join")
    buttons = [Button(mine, token(Link(do="yes", code_id=code_id)), Tone.PRIMARY)]
    if differs:
        theirs = token(Link(do="yes", code_id=code_id, keep="there"))
        buttons.append(Button(tr("Join, settings from there"), theirs))
    buttons.append(Button(tr("Don't join"), token(Link(do="no", code_id=code_id))))
    return Message(
        (Heading(tr("Become one?")), Paragraph(tuple(lines)), Actions(tuple(buttons))),
    )


def _meeting(met: Met) -> list[Text]:
    lines = []
    if met.numbers:
        lines.append(
            say_n(
                "{count} number is taken on both sides: the side whose settings stay keeps its "
                "own, the other gets new ones, and I say which.",
                "{count} numbers are taken on both sides: the side whose settings stay keeps its "
                "own, the other gets new ones, and I say which.",
                met.numbers,
            )
        )
    if met.same:
        lines.append(
            say_n(
                "{count} contact is the same on both lists in everything: one contact from then "
                "on.",
                "{count} contacts are the same on both lists in everything: one contact from then "
                "on.",
                met.same,
            )
        )
    if met.alike:
        lines.append(
            say_n(
                "{count} contact has the same name on both lists and other details: both stay.",
                "{count} contacts have the same name on both lists and other details: both stay.",
                met.alike,
            )
        )
    return lines


def _settings(member: Member) -> str:
    days, hour = day_names("abbreviated"), hour_words(member.hour)
    off = ", ".join(days[day] for day in sorted(member.days_off))
    parts = [
        tr("weekly at {hour}" if member.weekly else "daily at {hour}", hour=hour),
        member.zone or tr("no time zone yet"),
        tr("{most} a day", most=member.most),
        tr("pace {pace}", pace=word(member.pace)),
        tr("off {days}", days=off) if off else "",
        count(len(member.pauses), "pause") if member.pauses else "",
        tr("signed {name}", name=member.name) if member.name else "",
    ]
    return ", ".join(part for part in parts if part)


def joined(other: Account, listed: int, renumbered: Sequence[tuple[int, FollowUp]]) -> Message:
    """Done, with the numbers that are new."""
    lines = [
        say(
            "You are one person here and {place} now, with **{count}**. Your morning message comes "
            "here. I have told your other self.",
            place=place_of(other),
            count=count(listed, "follow-up"),
        )
    ]
    for old, followup in renumbered[:SHOWN]:
        lines.append(say("#{old} is now {who}", old=old, who=headline(followup)))
    if len(renumbered) > SHOWN:
        more = len(renumbered) - SHOWN
        lines.append(say("…and {more} more with new numbers.", more=more))
    buttons = (
        Button(tr("My list"), token(List(show="open"))),
        Button(tr("Part again"), token(Link(do="part"))),
    )
    return Message((Paragraph(tuple(lines)), Actions(buttons)))


def left_apart() -> Message:
    """They said no."""
    return note(say("Nothing was joined. The code is good no longer."))


def digest_here() -> Message:
    """The one digest was moved."""
    return note(say("Your morning message comes here from now on."))
