"""Completions while somebody types. They only read, and a stranger gets what anybody would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Caller
from core.domain.day_rules.typing import days_to_come
from core.domain.days import Today
from core.domain.hours import DEFAULT_ZONE, local_day
from core.domain.names import folded, split_who
from core.domain.records import Member
from core.domain.zones import fitting_zones
from core.grammar import VERBS, request_kind
from core.language import language_of, speak, spoken, tr
from core.options import Kind, Option, options_of
from core.problem import Problem
from core.reply import Suggestion
from core.requests import Reopen
from core.store import followups, members
from core.usecases.finding import matching
from core.voice.days import day_words
from core.voice.words import word

MOST = 25
LABEL = 100


async def suggest(
    session: AsyncSession, now: datetime, verb: str, field: str, text: str, caller: Caller
) -> Sequence[Suggestion]:
    """At most 25 completions of one field, most likely first."""
    spec = _option(verb, field)
    if spec is None:
        return []
    member = await members.peek(session, caller.account)
    speak(language_of(member.language if member else "", (member or caller).locale))
    if spec.kind is Kind.WHO:
        return await _people(session, member.id, verb, text) if member else []
    if spec.kind in (Kind.NEW_WHO, Kind.ORGANIZATION):
        mine = await followups.all_of(session, member.id) if member else []
        known = [(one.contact.name, one.contact.organization) for one in mine]
        return _texts(_contacts(spec.kind, text, known))
    if spec.kind is Kind.ZONE:
        return _zones(text, now)
    if spec.kind is Kind.DAY:
        return _days(text, _today(member, now, caller), past=field == "on")
    if spec.kind is Kind.COMMAND:
        return _texts(name for name in VERBS if f" {text.lower()}" in f" {name}")
    if spec.kind in (Kind.CHOICE, Kind.CHOICES, Kind.OPEN):
        return _chosen(spec, text)
    return _hinted(spec, text)


def _chosen(spec: Option, text: str) -> list[Suggestion]:
    """The choices with these letters, as they are shown or in English; a word of one's own last."""
    wanted = folded(text)
    found = [
        Suggestion(word(choice)[:LABEL], choice)
        for choice in spec.choices
        if wanted in folded(choice) or wanted in folded(word(choice))
    ]
    known = {folded(name) for one in found for name in (one.label, one.value)}
    own = spec.kind is Kind.OPEN and wanted not in known
    return [*found, *(_texts([text]) if own else ())][:MOST]


def _texts(found: Iterable[str]) -> list[Suggestion]:
    values = list(dict.fromkeys(value[:LABEL] for value in found if value.strip()))
    return [Suggestion(value, value) for value in values[:MOST]]


def _hinted(spec: Option, text: str) -> list[Suggestion]:
    """The hints that go on from what is typed, and that itself, for it may be right as it is."""
    wanted = folded(text)
    hints = [Suggestion(_hint_words(hint), hint) for hint in spec.hints]
    if not wanted:
        return hints
    fitting = [one for one in hints if folded(one.value).startswith(wanted)]
    fitting += [one for one in hints if folded(one.label).startswith(wanted) and one not in fitting]
    own = [] if text.strip() in [one.value for one in fitting] else _texts([text])
    return [*fitting, *own]


def _hint_words(hint: str) -> str:
    """A hint as it is shown: a number, a time, or a word that may have one after it."""
    first, _, rest = hint.partition(" ")
    return f"{word(first)} {rest}".strip() if first.isalpha() else hint


def _contacts(kind: Kind, text: str, known: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Whom the member knows already, as they would be typed; behind an "@" the organizations."""
    name, organization = split_who(text)
    where = kind is Kind.ORGANIZATION or "@" in text
    wanted = folded(text if kind is Kind.ORGANIZATION else organization)
    if not where:
        for one, its in known:
            if one and folded(one).startswith(folded(text)):
                yield f"{one} @ {its}" if its else one
        return
    before = "" if kind is Kind.ORGANIZATION else f"{name} @ ".lstrip()
    for _, its in known:
        if its and folded(its).startswith(wanted):
            yield f"{before}{its}"


def _today(member: Member | None, now: datetime, caller: Caller) -> Today:
    """What a typed day is read against; of a stranger no more is known than the platform told."""
    if member is None:
        return Today(
            local_day(now, ZoneInfo(DEFAULT_ZONE)), locale=caller.locale, language=spoken()
        )
    locale = member.locale or caller.locale
    return Today(local_day(now, member.tz), member.calendar, locale, member.country, spoken())


def _option(verb: str, field: str) -> Option | None:
    try:
        kind = request_kind(verb)
    except Problem:
        return None
    return next((spec for spec in options_of(kind) if spec.name == field), None)


async def _people(session: AsyncSession, member_id: int, verb: str, text: str) -> list[Suggestion]:
    everything = await followups.all_of(session, member_id)
    found = matching(everything, text) if text.strip() else everything
    wants_closed = verb == Reopen.verb
    found.sort(
        key=lambda f: (
            (f.position.closed is not None) != wants_closed,
            f.position.due or date.max,
            f.number,
        )
    )
    labels = [
        f"{f.full_title}{', ' + f.about if f.about else ''}"[: LABEL - 8] for f in found[:MOST]
    ]
    return [
        Suggestion(f"{label} (#{f.number})", f"#{f.number}")
        for label, f in zip(labels, found, strict=False)
    ]


def _zones(text: str, now: datetime) -> list[Suggestion]:
    found = fitting_zones(text, MOST)
    return [
        Suggestion(tr("{zone} · it is {hour} there", zone=zone, hour=_clock(zone, now)), zone)
        for zone in found
    ]


def _clock(zone: str, now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"


def _days(text: str, today: Today, *, past: bool) -> list[Suggestion]:
    days = days_to_come(text, today, past=past, most=MOST)
    return [Suggestion(day_words(day, today.day), day.isoformat()) for day in days]
