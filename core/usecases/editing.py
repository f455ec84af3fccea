"""Changing what is known of a follow-up."""

from __future__ import annotations

from dataclasses import asdict, replace

from core.domain.history import Terms, Touch
from core.domain.holidays import known_country
from core.domain.records import Contact, FollowUp
from core.domain.words import Channel, Priority, TouchKind, Trust, Urgency
from core.options import said
from core.problem import Problem
from core.reply import Reply
from core.requests import Edit
from core.store import followups
from core.text import Text, say
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import answers

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
    has_more = wanted[FIELDS[-1]] is None
    if not differences:
        return Reply(answers.edited(followup, [], work.today, 0, has_more=has_more))
    before = {"contact": asdict(followup.contact), "about": followup.about}
    await _write(work, followup, new)
    touch = Touch(TouchKind.EDITED, work.today, terms=_terms(followup, new))
    now, change = await work.record(followup, request.verb, touch, before)
    return Reply(answers.edited(now, differences, work.today, change, has_more=has_more))


async def _write(work: Work, followup: FollowUp, new: dict[str, str]) -> None:
    contact = Contact(
        followup.contact.id,
        new["name"],
        new["organization"],
        Channel(new["via"] or Channel.UNKNOWN),
        new["contact"],
        new["country"],
    )
    await followups.save_contact(work.session, work.member.id, contact)
    await followups.set_about(work.session, followup.id, new["about"])


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
    return say(
        "{name}: {was} → **{new}**",
        name=name.capitalize(),
        was=was or "(none)",
        new=new or "(none)",
    )
