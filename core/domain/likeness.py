"""How alike two messages are, and whether one mentions a thing: on words, without the frame.

The frame is what every message has: a greeting, a closing, a signature, and the words in which the
drafts put things. It is left out, so that two messages are not alike for being polite to the same
person, nor for starting from the same draft.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from core.domain.common_words import common_words
from core.domain.names import folded

READ = 4000
"""Characters of a message that are compared; a longer one is cut."""
CLOSE_LENGTHS = 0.6
"""How short the shorter may be, against the longer, for word order to be ignored."""
FEW_WORDS = 4
"""Below so many words outside the frame, only the very same words count as the same message."""

_GREETING = re.compile(
    r"^\W*(hello|hi|hey|dear|good (morning|afternoon|evening|day)|greetings|hola(, )?|buenas|"
    r"buen[oa]s (d[ií]as|tardes|noches)|(estimad|querid|apreciad)[oa]s?|bonjour|bonsoir|salut|"
    r"ch[eè]re?s?|madame|monsieur)\b"
    r"[^\n,;:!–—]{0,40}?([,;:!–—]|\. |$)",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"^\W*((this is|soy|ici) [\w'’-]+( [\w'’-]+){0,2}[,.:]|[\w'’-]+( [\w'’-]+){0,2} here\b[,.:]?)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(Open|Give|Ask|Close): ")  # of talking points
_CLOSING = re.compile(
    r"^\W*((with )?(best|kind|warm|many|all)?( |-)?(wishes|regards|thanks|the best)|best|cheers|"
    r"sincerely|yours( sincerely| truly| faithfully)?|thank you|take care|respectfully)"
    r"( (so |very )?much| a lot| again| in advance| and best wishes)?\W*$"
    r"|^\W*((un |muchos )?(saludos?|abrazo|cordial saludo)( cordial(es)?)?|atentamente|"
    r"(muchas )?gracias( de (nuevo|antemano))?|((bien|tr[eè]s) )?cordialement|"
    r"bien ([aà] (vous|toi)|cordialement)|merci( beaucoup| encore| d['’]avance)?|amicalement|"
    r"((bien )?sinc[eè]res |meilleures )?salutations( distingu[eé]es)?|[aà] bient[oô]t)\W*$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\[[^\[\]\n]{0,300}\]")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts that put no space between words
_LAST_LINES = 4

FRAME = frozenset(
    "able again ago ask back best calling caught close coming day desk down either eye far few "
    "found get give glad go goes good got half hear hello helps hi hoped idea keep kept kind know "
    "knows link listen ll meantime message number off open page piece please pointing put question "
    "reach reply result return same see send show somebody something start steps suggested take "
    "talk team tell thank thing things thinking touch understand useful voicemail way while wishes "
    "word words work write writing".split()
)
"""The words of the drafts' own sentences: what is left are the words that a member put in."""


def essence(text: str) -> str:
    """A message in lower-case words: no greeting, closing, signature, gaps or marks."""
    lines = [line.strip() for line in text[:READ].replace("\r", "\n").split("\n")]
    kept = _without_closing([line for line in lines if line])
    opened = [_INTRO.sub("", _GREETING.sub("", _LABEL.sub("", line))) for line in kept[:2]]
    body = "\n".join([*opened, *kept[2:]])
    return " ".join(words(_GAP.sub(" ", body)))


def words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    return _WORD.findall(folded(text))


def is_unspaced(text: str) -> bool:
    """Whether it is of a script that puts no space between words."""
    return bool(_UNSPACED.search(text))


def content_words(text: str) -> frozenset[str]:
    """The words that carry a meaning. In a script without spaces, pairs of characters."""
    found: set[str] = set()
    common = common_words()
    for word in words(text):
        if _UNSPACED.search(word):
            found.update(word[n : n + 2] for n in range(max(1, len(word) - 1)))
        elif word not in common and (len(word) > 1 or word.isdigit()):
            found.add(word)
    return frozenset(found)


def mentions(text: str, thing: str, share: float = 0.5) -> bool:
    """Whether the text holds at least that share of the thing's words; False for no words."""
    return holds(content_words(text), thing, share)


def holds(said: frozenset[str], thing: str, share: float = 0.5) -> bool:
    """As `mentions`, for the content words of a text that is asked more than once."""
    wanted = content_words(thing)
    return bool(wanted) and len(wanted & said) >= share * len(wanted)


def likeness(first: str, second: str, frame: frozenset[str] = FRAME) -> float:
    """How alike two messages are, 0 to 100.

    Characters in order, or words in any order where the two are of about the same length. A short
    message that a long one happens to hold is not the same message. `frame` are the words of the
    drafts' own sentences, in the language that the two are in.
    """
    one, other = essence(first), essence(second)
    if one == other:
        return 100.0 if one else 0.0
    one, other = _own(one, frame), _own(other, frame)
    if min(one.count(" "), other.count(" ")) + 1 < FEW_WORDS:
        return 0.0
    score = fuzz.ratio(one, other)
    if min(len(one), len(other)) >= CLOSE_LENGTHS * max(len(one), len(other)):
        score = max(score, fuzz.token_sort_ratio(one, other))
    return float(score)


def _own(message: str, frame: frozenset[str]) -> str:
    """What is left of an essence without the words of the frame."""
    common = common_words()
    return " ".join(w for w in message.split() if w not in frame and w not in common)


def _without_closing(lines: list[str]) -> list[str]:
    for back in range(1, min(_LAST_LINES, len(lines) - 1) + 1):
        if _CLOSING.match(lines[-back]):
            return lines[:-back]
    return lines
