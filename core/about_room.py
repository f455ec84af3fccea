"""Which requests ask what the person may do in the channel: see `core.options.Request`.

Where that costs a platform's time, an adapter finds it out for these alone.
"""

from __future__ import annotations

from core.grammar import Leftover, read_line
from core.options import Request
from core.problem import Problem
from core.requests import BY_VERB, Ask
from core.tokens import request_of


def line_asks(text: str) -> bool:
    """Whether a line does, as typed after `/followup`; False for one that means nothing."""
    try:
        kind, _ = read_line(text)
    except Leftover as unclear:
        return unclear.kind.about_room
    except Problem:
        return False
    return kind.about_room


def token_asks(token: str) -> bool:
    """Whether a button or a form does, by its token; False for one that is not ours."""
    try:
        return _asks(request_of(token))
    except Problem:
        return False


def _asks(request: Request) -> bool:
    """A button that opens a form asks what the form asks."""
    if isinstance(request, Ask):
        return bool(BY_VERB.get(request.form, Request).about_room)
    return request.about_room
