"""The words of the drafts' own sentences: two messages may share them and say different things."""

from __future__ import annotations

from functools import cache
from itertools import product

from core.domain.angles import Known
from core.domain.drafting import GAP
from core.domain.likeness import FRAME, words
from core.domain.words import Angle, Channel, Step
from core.language import ENGLISH, speaking, spoken
from core.voice.drafts import draft

_STAGES = (
    Known(),
    Known(organization="-"),
    Known(name="-"),
    Known(about="-", step=Step.CHECK_IN, insights=("-",)),
    Known(name="-", about="-", cycle=2, achievements=("-",)),
    Known(about="-", talking=True, last_reply="-", referrer="-", insights=("-",)),
    Known(name="-", talking=True, referred_to="-", endorsements=("-: “-”",)),
    Known(name="-", about="-", referrer="-", endorsements=("-",), landed=True),
    Known(name="-", about="-", referrer="-"),
)
_VIAS = (Channel.EMAIL, Channel.TEXT, Channel.PHONE, Channel.VOICE, Channel.IN_PERSON)


def frame() -> frozenset[str]:
    """In the language that is spoken. That of English was measured, and is kept as it was."""
    return FRAME if spoken() == ENGLISH else FRAME | _frame_in(spoken())


@cache
def _frame_in(language: str) -> frozenset[str]:
    """Read from its drafts with nothing in them: it takes a moment, once."""
    with speaking(language):
        bodies = (
            draft(known, angle, via, "-").body
            for known, angle, via in product(_STAGES, Angle, _VIAS)
        )
        return frozenset(word for body in bodies for word in words(GAP.sub(" ", body)))
