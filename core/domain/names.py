"""Names of people and organizations: reading them from a line, and comparing them."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
"""Characters that change how a line reads and not what it says: marks of direction, controls,
halves of a pair that no encoding accepts."""

LEGAL_FORMS = frozenset(
    "inc incorporated llc llp lp pllc ltd limited co company coltd corp corporation plc "
    "gmbh mbh ag kg kgaa gmbh&cokg ug se sa sas sarl sàrl srl spa nv bv ab as a/s aps oy oyj "
    "pty ptyltd pte pteltd pvtltd kk sl slu ltda spzoo sro doo kft".split()
)
"""What may follow the name of a company after a comma, without dots and spaces."""

KEY_LIMIT = 400
"""Characters of a contact's key, as the database holds it."""


def clean(text: str) -> str:
    """One line without invisible characters and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())


def clean_lines(text: str) -> str:
    """As `clean`, but lines are kept."""
    lines = [clean(line) for line in text.replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip()


def folded(text: str) -> str:
    """For comparison: no case, no accents."""
    decomposed = unicodedata.normalize("NFKD", clean(text)).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_legal_form(text: str) -> bool:
    """Whether the words are just a legal form, as in "Acme, Inc."."""
    return re.sub(r"[.\s]", "", text).casefold() in LEGAL_FORMS


def contact_key(name: str, organization: str) -> str:
    """The same for two ways of writing the same contact; at most `KEY_LIMIT` characters.

    A letter can become eighteen when it is folded.
    """
    return f"{folded(name)}@{folded(organization)}"[:KEY_LIMIT]


def split_who(text: str) -> tuple[str, str]:
    """Name and organization of "Dana Lee @ Acme", "@ Acme" or "Dana Lee"; either may be empty.

    An @ inside a word is part of it, as in a mail address.
    """
    words = clean(text)
    match = re.search(r"(?:^|\s)(?:@\s*|at\s+(?=[A-Z0-9]))(?=\S)", words)
    if match is None:
        return words.rstrip("@ "), ""
    return words[: match.start()].strip(), words[match.end() :].strip()
