"""A pitch (M14): what the member would change, asked for in a form and drawn."""

from __future__ import annotations

from functools import partial

from core.domain.angles import Known, fitting
from core.domain.pitches import Change, Gain, UnclearNumbers, change_of, gain_of
from core.domain.pitches import Pitch as Drawn
from core.pictures.fonts import undrawable
from core.pictures.pitch import pitch_pdf, pitch_png
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
    UnclearNumbers.NONE: (
        "I need two numbers, before and after. Write them as `12 hours to 2 hours a week`, or as "
        "`$40k to $55k per month`."
    ),
    UnclearNumbers.UNITS: (
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
    _refuse_undrawable(request, drawn)
    known = await _known(work, request)
    values = {name: getattr(request, name) for name in (*_TEXTS, "gain")}
    kept = await changes.keep(
        work.session,
        work.member.id,
        request.verb,
        {**values, "target": followup.id, "seen": followup.revision},
        work.now,
    )
    message = voice.pitch_message(followup, drawn, known, kept)
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


def _refuse_undrawable(request: Pitch, drawn: Drawn) -> None:
    for name in _TEXTS:
        text = getattr(request, name)
        if odd := undrawable(text):
            raise Problem(
                "I have no letter for “{odd}” in my pictures. Write that part in other letters.",
                field=name,
                odd=odd,
            )
    if odd := undrawable(f"{drawn.whom} {drawn.by}"):
        raise Problem(
            "I have no letter for “{odd}” in my pictures, and it is in a name. Change the name "
            "with `/followup edit`, or yours with `/followup settings`.",
            odd=odd,
        )


def _drawn(message: Message, drawn: Drawn, name: str) -> Reply:
    alt = clip(drawn.words, ALT_LIMIT)
    files = (
        File(f"{name}.png", "image/png", pitch_png(drawn), alt),
        File(f"{name}.pdf", "application/pdf", pitch_pdf(drawn)),
    )
    return Reply(message, files=files)
