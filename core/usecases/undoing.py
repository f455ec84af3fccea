"""Taking a change back: void its touches, restore what no fold can, fold again."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from core.domain.records import Contact, FollowUp, Member
from core.domain.words import Channel, Pace
from core.language import N_, language_of, speak, tr
from core.problem import Problem
from core.reply import Message, Paragraph, Reply
from core.requests import Import, Undo, Win
from core.store import changes, contacts, followups, importing, insights, members
from core.store.changes import Change
from core.text import Text, say, say_n
from core.usecases import proving
from core.usecases.work import Work
from core.voice import answers
from core.voice.people import named
from core.voice.words import listed

_DONE = {
    "add": N_("Undone: {who} is off your list again."),
    "sent": N_("Undone: the ping to {who} no longer counts as sent."),
    "replied": N_("Undone: the reply of {who} is taken back."),
    "snooze": N_("Undone: {who} is due on the day before the change."),
    "note": N_("Undone: the note on {who} is gone."),
    "insight": N_("Undone: what you learned at {who} is forgotten."),
    "edit": N_("Undone: {who} is as before."),
    "close": N_("Undone: {who} is open again."),
    "reopen": N_("Undone: {who} is closed again."),
}
_PROOF = {
    "proof": N_("Undone: it is as it was before."),
    "unproof": N_("Undone: it is among your proof again."),
}
_PROOF_ADDED = N_("Undone: it is not among your proof any more.")
NEWER = N_("Something newer happened there. Take that back first: `/followup undo`.")
_SET_ASIDE = N_(
    "Since you joined your selves, the settings of the other one count: `/followup settings`. "
    "These come back when you part them again: `/followup link`."
)
_SETTINGS = {
    "zone": N_("the time zone"),
    "hour": N_("the digest hour"),
    "days_off": N_("the days off"),
    "most": N_("the pings a day"),
    "pauses": N_("the pause"),
    "pace": N_("the pace"),
    "weekly": N_("how often the digest comes"),
    "name": N_("your name"),
    "language": N_("the language"),
}


async def undo(work: Work, request: Undo) -> Reply:
    """Take back the last change, or the one that the button names."""
    change = await _wanted(work, request)
    if change.verb == Import.verb:
        return await _import_back(work, change)
    if change.verb == changes.SET_ASIDE:
        raise Problem(_SET_ASIDE)
    if change.verb in _PROOF:
        return await _proof_back(work, change)
    if change.verb == Win.verb:
        return await _win_back(work, change)
    if change.followup_id is None:
        return await _settings_back(work, change)
    followup = await followups.one_of(work.session, work.member.id, change.followup_id)
    if followup is None:
        raise Problem("There is nothing to undo.")
    await _refuse_if_overtaken(work, change, followup)
    touched = await changes.void(work.session, change.id)
    await _restore(work, followup, change.before)
    for other in await followups.some_of(work.session, work.member.id, touched):
        if other.id != followup.id:
            await _refold_if_left(work, other)
    left = await _refold_if_left(work, followup)
    if left is None:
        return Reply(_undone(say(_DONE["add"], who=named(followup))))
    followup = left
    return Reply(
        _undone(
            say(_DONE[change.verb], who=named(followup)),
            answers.next_words(followup, work.today),
        )
    )


async def _refold_if_left(work: Work, followup: FollowUp) -> FollowUp | None:
    try:
        return await work.refold(followup)
    except LookupError:
        return None


async def _wanted(work: Work, request: Undo) -> Change:
    if not request.change:
        last = await changes.last_change(work.session, work.member.id)
        if last is None:
            raise Problem("There is nothing to undo. Where you stand: `/followup list`.")
        return last
    change = await changes.change_of(work.session, work.member.id, request.change)
    if change is None:
        raise Problem("There is nothing to undo.")
    if change.undone:
        raise Problem("That was undone already.")
    last = await changes.last_change(
        work.session, work.member.id, followup_id=change.followup_id, verb=_alone(change)
    )
    if last is not None and last.id != change.id:
        raise Problem(NEWER)
    return change


def _alone(change: Change) -> str:
    """Changes without a follow-up are compared with their own kind."""
    return change.verb if change.followup_id is None else ""


async def _restore(work: Work, followup: FollowUp, before: dict[str, Any]) -> None:
    if "contact" in before:
        kept = dict(before["contact"])
        contact = Contact(**{**kept, "via": Channel(kept["via"])})
        await contacts.save_contact(work.session, work.member.id, contact)
    if "contact_id" in before:
        await followups.move_to_contact(work.session, followup.id, before["contact_id"])
    if "about" in before:
        await followups.set_about(work.session, followup.id, before["about"])
    old, new = before.get("organizations", ("", ""))
    if old and old != new and not await followups.works_there(work.session, work.member.id, new):
        await insights.move_insights(work.session, work.member.id, new, old)


async def _refuse_if_overtaken(work: Work, change: Change, followup: FollowUp) -> None:
    """A contact may be shared: what a newer change made of it must not be undone by the way."""
    if "contact" not in change.before:
        return
    contact = followup.contact.id
    for sibling in await followups.of_contact(work.session, work.member.id, contact):
        newer = await changes.last_change(work.session, work.member.id, followup_id=sibling.id)
        if newer is not None and newer.id > change.id and "contact" in newer.before:
            raise Problem(NEWER)


async def _import_back(work: Work, change: Change) -> Reply:
    gone, stay = await importing.take_back(work.session, work.member.id, change.id)
    lines = [
        say_n(
            "Undone: {count} follow-up is off your list again.",
            "Undone: {count} follow-ups are off your list again.",
            gone,
        )
    ]
    if stay:
        lines.append(
            say_n(
                "{count} follow-up stay, for something has happened there since.",
                "{count} follow-ups stay, for something has happened there since.",
                stay,
            )
        )
    return Reply(_undone(*lines))


async def _win_back(work: Work, change: Change) -> Reply:
    ids = await changes.void(work.session, change.id)
    closed = await followups.some_of(work.session, work.member.id, ids)
    for one in closed:
        await _refold_if_left(work, one)
    line = say_n(
        "Undone: {count} follow-up is open again.",
        "Undone: {count} follow-ups are open again.",
        len(closed),
    )
    return Reply(_undone(line))


async def _proof_back(work: Work, change: Change) -> Reply:
    await changes.void(work.session, change.id)
    await proving.put_back(work, change)
    return Reply(_undone(say(_PROOF[change.verb] if change.before else _PROOF_ADDED)))


async def _settings_back(work: Work, change: Change) -> Reply:
    await changes.void(work.session, change.id)
    now = settings_of(work.member)
    names = [words for key, words in _SETTINGS.items() if now[key] != change.before[key]]
    work.member = member_with(work.member, change.before)
    await work.refold_all()
    speak(language_of(work.member.language, work.member.locale))
    line = say(
        "Undone: {what} is as before." if len(names) == 1 else "Undone: {what} are as before.",
        what=listed([tr(name) for name in names]) or tr("your settings"),
    )
    return Reply(_undone(line))


def settings_of(member: Member) -> dict[str, Any]:
    """What a member has set, to be restored."""
    return {
        "zone": member.zone,
        "zone_named": member.zone_named,
        "hour": member.hour.isoformat("minutes"),
        "days_off": sorted(member.days_off),
        "most": member.most,
        "pauses": members.pauses_out(member.pauses),
        "pace": member.pace.value,
        "weekly": member.weekly,
        "name": member.name,
        "language": member.language,
    }


def member_with(member: Member, kept: dict[str, Any]) -> Member:
    """The member with these settings again."""
    return replace(
        member,
        zone=kept["zone"],
        zone_named=kept["zone_named"],
        hour=time.fromisoformat(kept["hour"]),
        days_off=frozenset(kept["days_off"]),
        most=kept["most"],
        pauses=members.pauses_in(kept["pauses"]),
        pace=Pace(kept["pace"]),
        weekly=kept["weekly"],
        name=kept["name"],
        language=kept["language"],
    )


def _undone(*lines: Text) -> Message:
    return Message((Paragraph(tuple(line for line in lines if line)),))
