"""Adding a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from core.domain.drafting import is_mail_address
from core.domain.history import Terms, Touch
from core.domain.hours import next_digest
from core.domain.names import folded, split_who
from core.domain.records import Contact, FollowUp
from core.domain.words import Channel, Priority, TouchKind, Trust, Urgency
from core.language import N_
from core.problem import Problem
from core.reply import Message, Reply
from core.requests import Add
from core.store import contacts, followups, members
from core.text import Text
from core.usecases.clubs import matching
from core.usecases.work import Work
from core.voice import answers
from core.voice.welcome import first_morning

NAME_LIMIT = 80
_WHO = N_("Say whom: `Dana Lee @ Acme`, or `@ Acme` while there is no name.")


async def add(work: Work, request: Add) -> Reply:
    """Begin a follow-up. The same contact about the same thing is not begun twice."""
    contact = await _contact(work, request)
    await refuse_twin(work, contact, request.about)
    terms = Terms(
        Urgency(request.urgency or Urgency.NORMAL),
        Priority(request.priority or Priority.NORMAL),
        Trust(request.trust or Trust.SOME),
        work.day(request.when, "when"),
    )
    known = await contacts.contact_by_id(work.session, work.member.id, contact.id)
    before = {"contact": asdict(known)} if known else None
    new = await begin(work, contact, request.about)
    touch = Touch(TouchKind.ADDED, work.today, text=request.note, terms=terms)
    followup, change = await work.record(new, request.verb, touch, before)
    await matching.look(work, followup.contact)
    message = answers.added(followup, work.today, change, _first_words(work, followup))
    if not work.member.zone:
        message = Message((*message.blocks, *answers.zone_question(work.now)))
    return Reply(message)


def _first_words(work: Work, followup: FollowUp) -> Text:
    """What comes next, for the first that a member ever added; else nothing."""
    member, due = work.member, followup.position.due
    at = next_digest(member.rhythm, work.now, due, member.last_digest_on)
    if followup.number != 1 or due is None or at is None:
        return ()
    return first_morning(followup.title, due, at, work.today, member.tz)


async def begin(work: Work, contact: Contact, about: str, referred_by: int = 0) -> FollowUp:
    """A follow-up without a history yet, of a contact that is kept with it."""
    contact = await contacts.save_contact(work.session, work.member.id, contact)
    number = await members.next_number(work.session, work.member.id)
    id = await followups.create(
        work.session, work.member.id, number, contact.id, about, referred_by
    )
    made = await followups.one_of(work.session, work.member.id, id)
    assert made is not None
    return made


async def as_known(work: Work, values: Mapping[str, str]) -> dict[str, str]:
    """What a form begins with, where its name alone is that of one contact whom the member has.

    Then it is that one, with the organization, and is reached as before.
    """
    name, organization = split_who(values.get("who", ""))
    if not name or organization:
        return dict(values)
    everything = await followups.all_of(work.session, work.member.id)
    alike = {one.contact.id: one.contact for one in everything if _is_called(one.contact, name)}
    if len(alike) != 1:
        return dict(values)
    (known,) = alike.values()
    told = {**values, "who": f"{known.name} @ {known.organization}"}
    if known.via is not Channel.UNKNOWN or known.address:
        via = "" if known.via is Channel.UNKNOWN else known.via.value
        told |= {"via": via, "contact": known.address}
    return {field: text for field, text in told.items() if text}


def _is_called(contact: Contact, name: str) -> bool:
    return bool(contact.organization) and folded(contact.name) == folded(name)


async def contact_named(work: Work, who: str, field: str = "who") -> Contact:
    """The member's contact of that name, or a new one. Raises Problem, naming the field."""
    name, organization = named_in(who, field)
    known = await contacts.contact_like(work.session, work.member.id, name, organization)
    return known or Contact(name=name, organization=organization)


async def _contact(work: Work, request: Add) -> Contact:
    contact = await contact_named(work, request.who)
    via = Channel(request.via) if request.via else contact.via
    address = request.contact.strip("<>") or contact.address
    if via is Channel.UNKNOWN and is_mail_address(address):
        via = Channel.EMAIL
    return replace(contact, via=via, address=address)


def named_in(who: str, field: str = "who") -> tuple[str, str]:
    """Name and organization. Raises Problem when there is neither, or one is too long."""
    name, organization = split_who(who)
    if not name and not organization:
        raise Problem(_WHO, field=field)
    for part in (name, organization):
        if len(part) > NAME_LIMIT:
            raise Problem(
                "A name has at most {limit} characters. Put the rest into the note.",
                field=field,
                limit=NAME_LIMIT,
            )
    return name, organization


async def refuse_twin(work: Work, contact: Contact, about: str) -> None:
    """Raise Problem when the same contact is pursued about the same thing already."""
    for other in await followups.all_of(work.session, work.member.id):
        if other.position.closed is None and _same(other, contact, about):
            raise Problem(
                "You already follow up with {who} about {about} (#{number}). For another matter, "
                "say what it is about: `re: …`."
                if other.about
                else "You already follow up with {who} (#{number}). For another matter, say what "
                "it is about: `re: …`.",
                field="about",
                who=other.full_title,
                about=other.about,
                number=other.number,
                choices=(answers.details_button(other),),
            )


def _same(other: FollowUp, contact: Contact, about: str) -> bool:
    ours = (folded(contact.name), folded(contact.organization), folded(about))
    theirs = (
        folded(other.contact.name),
        folded(other.contact.organization),
        folded(other.about),
    )
    return ours == theirs
