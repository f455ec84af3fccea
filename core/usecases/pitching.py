"""A pitch (M14): what the member would change, asked for in a form and drawn."""

from __future__ import annotations

from functools import partial

from core.domain.angles import Known, fitting
from core.domain.pitches import Change, Gain, UnclearNumbers, change_of, gain_of
from core.domain.pitches import Pitch as Drawn
from core.domain.proofs import named_without_leave
from core.language import N_
from core.pictures.fonts import undrawable
from core.pictures.pitch import pictures
from core.problem import Problem
from core.reply import File, Message, Reply
from core.requests import Pitch
from core.store import changes
from core.text import clip
from core.usecases.finding import find
from core.usecases.knowing import backgrounds
from core.usecases.work import Work
from core.voice import pitching as voice

ALT_LIMIT = 1000
"""Characters of a picture's words that every platform takes."""
_TEXTS = ("problem", "change", "numbers", "achievement", "endorsement")
_UNCLEAR = {
    UnclearNumbers.NONE: N_(
        "I need two numbers, before and after. Write them as `12 hours to 2 hours a week`, or as "
        "`$40k to $55k per month`."
    ),
    UnclearNumbers.UNITS: N_(
        "Before and after need the same unit, or nobody can compare them: `24 hours to 2 hours`, "
        "not `3 days to 2 hours`."
    ),
}


async def pitch(work: Work, request: Pitch) -> Reply:
    """Draw a picture for the chat and a page to attach."""
    followup = await find(work, request)
    numbers = _numbers(request)
    drawn = Drawn(
        whom=followup.title if not followup.contact.organization else followup.contact.organization,
        by=work.member.name,
        gain=Gain(request.gain) if request.gain else gain_of(numbers),
        problem=request.problem,
        change=request.change,
        numbers=numbers,
        achievement=request.achievement,
        endorsement=request.endorsement,
    )
    _refuse_undrawable(request)
    known = await _known(work, request)
    _refuse_unnamed(request, known)
    values = {name: getattr(request, name) for name in (*_TEXTS, "gain")}
    kept = await changes.keep(
        work.session,
        work.member.id,
        request.verb,
        {**values, "target": followup.id, "seen": followup.revision},
        work.now,
    )
    unnamed = [name for name in (drawn.whom, drawn.by) if undrawable(name)]
    message = voice.pitch_message(followup, drawn, known, kept, unnamed)
    return Reply(making=partial(_drawn, message, drawn, f"pitch-{followup.number}"))


async def suggested(work: Work, request: Pitch) -> dict[str, str]:
    """What the form begins with: their newest need, and the proof that fits it best."""
    said = {name: getattr(request, name) for name in (*_TEXTS, "gain") if getattr(request, name)}
    if not request.target and not request.who:
        return said
    known = await _known(work, request)
    start = {
        "problem": known.insights[0] if known.insights else "",
        "achievement": fitting(known.achievements, known) if known.achievements else "",
        "endorsement": fitting(known.endorsements, known) if known.endorsements else "",
    }
    return {**start, **said}


async def _known(work: Work, request: Pitch) -> Known:
    followup = await find(work, request)
    return (await backgrounds(work.session, [(work.member, followup)]))[0].known


def _numbers(request: Pitch) -> Change:
    try:
        return change_of(request.numbers)
    except UnclearNumbers as unclear:
        raise Problem(_UNCLEAR[unclear.why], field="numbers") from None


def _refuse_undrawable(request: Pitch) -> None:
    for name in _TEXTS:
        text = getattr(request, name)
        if odd := undrawable(text):
            raise Problem(
                "I have no letter for “{odd}” in my pictures. Write that part in other letters.",
                field=name,
                odd=odd,
            )


def _refuse_unnamed(request: Pitch, known: Known) -> None:
    """Who did not agree to be named is not named, whoever typed it (M15)."""
    for field in _TEXTS:
        if name := named_without_leave(getattr(request, field), known):
            raise Problem(
                "“{name}” has not agreed to be named. Leave the name out, or ask them and "
                "change it under `/followup proof`.",
                field=field,
                name=name,
            )


def _drawn(message: Message, pitch: Drawn, name: str) -> Reply:
    found = pictures(pitch)
    files = (
        File(f"{name}.png", "image/png", found.png, clip(pitch.words, ALT_LIMIT)),
        File(f"{name}.pdf", "application/pdf", found.pdf),
    )
    told = Message((*message.blocks, voice.cut())) if found.is_cut else message
    return Reply(told, files=files)
