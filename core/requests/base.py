"""What the declarations of requests share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from core.domain.words import Channel
from core.language import LANGUAGES
from core.options import Request, option

DIGESTS = ("daily", "weekly")
AUTO = "auto"
TONGUES = (AUTO, *LANGUAGES.values())
"""What can be chosen as language: that of the platform, or one by its own name."""
YES_NO = ("yes", "no")
LISTS = ("due", "open", "closed", "all")
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.UNKNOWN)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
"""Days that a member may take off: nothing falls due on a weekend anyway (M6)."""

WHO_HELP = "A name, part of one, an organization, or the number shown beside it"
VIA_HELP = "How they like to be reached"
ADDRESS_HELP = "A mail address, a phone number or a link"
URGENCY_HELP = "How pressing their need is"
PRIORITY_HELP = "How much the employer cares about it"
TRUST_HELP = "How well you know each other"
NOTE_LIMIT = 2500

edited = partial(option, form_only=True, default=None)
"""A field of a form alone. None is one that the form did not show: what stands there stays."""


@dataclass(frozen=True)
class Targeted(Request):
    """A request about one follow-up, named by what was typed or by a button's id."""

    target: int = 0
    seen: int = 0
    view: str = ""
