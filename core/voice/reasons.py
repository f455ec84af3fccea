"""Why nothing could be sent to somebody or posted somewhere: kept in English, told in any language.

The database keeps what the platform's adapter said. It is said again when somebody reads it, who
may speak another language than whoever read it before.
"""

from __future__ import annotations

import re

from core.language import tr, translated

_CODED = re.compile(r"(?s)(.*\()([^()]+)(\)\.?)")
"""A reason that the adapter has no words for ends with the platform's own."""


def told(reason: str) -> str:
    """A reason that was kept, in the language that is spoken; as it is where that has none."""
    said = tr(reason)
    coded = _CODED.fullmatch(reason) if said == reason else None
    if coded is None:
        return said
    return translated(f"{coded[1]}{{code}}{coded[3]}").replace("{code}", coded[2])
