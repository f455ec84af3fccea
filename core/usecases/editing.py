"""Changing what is known of a follow-up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from core.domain.history import Terms, Touch
from core.domain.holidays import known_country
from core.domain.records import Contact, FollowUp
from core.domain.words import Channel, Priority, TouchKind, Trust, Urgency
from core.language import tr
from core.options import options_of, said
from core.problem import Problem
from core.reply import Reply
from core.requests import Edit
from core.store import contacts, followups, insights
from core.text import Text, say
from core.usecases.adding import refuse_twin
from core.usecases.clubs import matching
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import answers
from core.voice.words import word

FIELDS = (
    "name",
    "organization",
    "about",
    "via",
    "contact",
    "urgency",
    "priority",
    "trust",
    "country",
)


def is_filled(request: Edit) -> bool:
    """Whether it comes from the form, and not only names whom to edit."""
    return any(name in said(request) for name in FIELDS)


def current(followup: FollowUp) -> dict[str, str]:
    """Today's values, by field."""
    contact, terms = followup.contact, followup.position.terms
    return {
        "name": contact.name,
        "organization": contact.organization,
        "about": followup.about,
        "via": "" if contact.via is Channel.UNKNOWN else contact.via.value,
        "contact": contact.address,
        "urgency": terms.urgency.value,
        "priority": terms.priority.value,
        "trust": terms.trust.value,
        "country": contact.country,
    }


async def edit(work: Work, request: Edit) -> Reply:
    """Write what the form says; the answer names each difference."""
    followup = await find(work, replace(request, seen=0))
    was = current(followup)
    wanted = {name: getattr(request, name) for name in FIELDS}
    new = {name: was[name] if value is None else value for name, value in wanted.items()}
    if not new["name"] and not new["organization"]:
        raise Problem("Keep a name or an organization, so that you know whom.", field="name")
    new["country"] = _country(new["country"])
    differences = [
        _difference(name, was[name], new[name]) for name in FIELDS if was[name] != new[name]
    ]
    if not differences:
        return Reply(answers.edited(followup, [], work.today, 0))
    target = await _contact(work, followup, new)
    before = {
        "contact": asdict(target.was),
        "contact_id": followup.contact.id,
        "about": followup.about,
        "organizations": [was["organization"], new["organization"]],
    }
    await contacts.save_contact(work.session, work.member.id, target.now)
    await followups.move_to_contact(work.session, followup.id, target.now.id)
    await followups.set_about(work.session, followup.id, new["about"])
    await _keep_insights(work, was["organization"], new["organization"])
    moved = replace(followup, contact=target.now)
    touch = Touch(TouchKind.EDITED, work.today, terms=_terms(followup, new))
    now, change = await work.record(moved, request.verb, touch, before)
    await matching.look(work, target.now)
    return Reply(answers.edited(now, differences, work.today, change))


async def _keep_insights(work: Work, old: str, new: str) -> None:
    """What was learned goes along when the last one at an organization is renamed."""
    if (
        old
        and new
        and old != new
        and not await followups.works_there(work.session, work.member.id, old)
    ):
        await insights.move_insights(work.session, work.member.id, old, new)


@dataclass(frozen=True)
class _Target:
    """The contact that the follow-up is with afterwards, as it was and as it is now."""

    was: Contact
    now: Contact


async def _contact(work: Work, followup: FollowUp, new: dict[str, str]) -> _Target:
    """The same contact with what is new; or the one of that name whom the member has already, so
    that their pings are spaced together (M6).
    """
    name, organization = new["name"], new["organization"]
    known = await contacts.contact_like(work.session, work.member.id, name, organization)
    was = known or followup.contact
    if was.id != followup.contact.id:
        await refuse_twin(work, was, new["about"])
    return _Target(
        was,
        Contact(
            was.id,
            name,
            organization,
            Channel(new["via"]) if new["via"] else _kept_via(was, followup),
            new["contact"] or (was.address if was.id != followup.contact.id else ""),
            new["country"],
        ),
    )


def _kept_via(was: Contact, followup: FollowUp) -> Channel:
    return was.via if was.id != followup.contact.id else Channel.UNKNOWN


def _country(text: str) -> str:
    country = known_country(text) if text else ""
    if country is None:
        raise Problem(
            "I don't know the country “{text}”. Use its two letters, as DE, or with a region, "
            "as US-CA.",
            field="country",
            text=text,
        )
    return country


def _terms(followup: FollowUp, new: dict[str, str]) -> Terms:
    return Terms(
        Urgency(new["urgency"] or Urgency.NORMAL),
        Priority(new["priority"] or Priority.NORMAL),
        Trust(new["trust"] or Trust.SOME),
        followup.position.terms.first_on,
    )


def _difference(name: str, was: str, new: str) -> Text:
    spec = next(spec for spec in options_of(Edit) if spec.name == name)
    was, new = (word(value) if spec.choices else value for value in (was, new))
    none = tr("(none)")
    return say("{name}: {was} → **{new}**", name=tr(spec.label), was=was or none, new=new or none)
