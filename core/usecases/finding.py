"""Finding the follow-up that a request is about, among the caller's own."""

from __future__ import annotations

import re
from difflib import get_close_matches

from core.domain.names import folded, split_who
from core.domain.records import FollowUp
from core.language import N_, number_words, tr
from core.options import Kind, Request, options_of
from core.problem import Problem
from core.reply import Button
from core.requests import Add, List, Targeted
from core.store import followups
from core.tokens import token
from core.usecases.work import Work

_EMPTY = N_("Your list is empty. Add somebody: `/followup add Dana Lee @ Acme`.")
_NOT_YOURS = N_("That one is not on your list. Type `/followup list all` to see what is.")
PICKS = 10


class Several(Problem):
    """The words fit more than one; the member picks, and the request goes on."""

    def __init__(self, found: list[FollowUp], text: str) -> None:
        all_fit = N_("“{text}” fits {count}. Which one?")
        some_fit = N_(
            "“{text}” fits {count}. Which one? Here are the first; type more of the name for the "
            "others."
        )
        super().__init__(
            some_fit if len(found) > PICKS else all_fit,
            text=text,
            count=number_words(len(found)),
        )
        self.found = found[:PICKS]
        self.in_one_place = len({folded(f.contact.organization) for f in found}) == 1


class Stale(Problem):
    """The button was made before something else happened to the follow-up."""

    def __init__(self, followup: FollowUp) -> None:
        super().__init__(
            N_(
                "Something changed for {who} since that button was made, so nothing was done twice."
            ),
            who=followup.title,
        )
        self.followup = followup


async def find(work: Work, request: Targeted, *, closed: bool | None = None) -> FollowUp:
    """The one follow-up that is meant.

    With `closed`, those in that state are preferred. Raises Problem when nothing fits, Several
    when more than one does, Stale when a button was overtaken.
    """
    if request.target:
        found = await followups.one_of(work.session, work.member.id, request.target)
        if found is None:
            raise Problem(_NOT_YOURS)
        if request.seen and request.seen != found.revision:
            raise Stale(found)
        return found
    text = str(getattr(request, "who", ""))
    everything = await followups.all_of(work.session, work.member.id)
    fits = matching(everything, text)
    preferred = [f for f in fits if closed is None or (f.position.closed is not None) == closed]
    fits = preferred or fits
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise Several(fits, text)
    raise _nobody(everything, text)


async def refuse_empty(work: Work, kind: type[Request]) -> None:
    """Raise Problem for a request about a follow-up where there is none: no form helps then."""
    about_one = any(spec.kind is Kind.WHO and spec.required for spec in options_of(kind))
    if about_one and not await followups.has_any(work.session, work.member.id):
        raise Problem(_EMPTY, choices=(Button(tr("Add somebody"), token(Add())),))


def matching(everything: list[FollowUp], text: str) -> list[FollowUp]:
    """Those that the text fits best: by number, by whole name, by beginnings of words, by part."""
    number = re.fullmatch(r"#?(\d{1,6})", text.strip())
    if number:
        return [f for f in everything if f.number == int(number[1])]
    name, organization = (folded(part) for part in split_who(text))
    if not name and not organization:
        return []
    for fits in (_whole, _whole_words, _beginnings, _part):
        found = [f for f in everything if fits(f, name, organization)]
        if found:
            return found
    return []


def _whole(followup: FollowUp, name: str, organization: str) -> bool:
    own_name, own_place = folded(followup.contact.name), folded(followup.contact.organization)
    if organization:
        return (name, organization) == (own_name, own_place)
    return name in (own_name, own_place)


def _whole_words(followup: FollowUp, name: str, organization: str) -> bool:
    return set(f"{name} {organization}".split()) <= set(_haystack(followup).split())


def _beginnings(followup: FollowUp, name: str, organization: str) -> bool:
    words = _haystack(followup).split()
    wanted = f"{name} {organization}".split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _part(followup: FollowUp, name: str, organization: str) -> bool:
    return name in _haystack(followup) and organization in _haystack(followup)


def _haystack(followup: FollowUp) -> str:
    contact = followup.contact
    return folded(f"{contact.name} {contact.organization} {followup.about}")


def _nobody(everything: list[FollowUp], text: str) -> Problem:
    if not everything:
        return Problem(_EMPTY)
    titles = {folded(f.title): f.title for f in everything}
    near = get_close_matches(folded(text), titles, n=1)
    see = Button(tr("See the list"), token(List(show="open")))
    if near:
        return Problem(
            "Nobody on your list fits “{text}”. Did you mean {near}? "
            "Put a comma after the name when more follows.",
            field="who",
            text=text,
            near=titles[near[0]],
            choices=(see,),
        )
    return Problem(
        "Nobody on your list fits “{text}”. Use a name, an organization or a number; "
        "put a comma after it when more follows.",
        field="who",
        text=text,
        choices=(see,),
    )
