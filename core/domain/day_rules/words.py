"""The words of a day in one spelling: abbreviations, numbers, fillers and small slips."""

from __future__ import annotations

import re
from itertools import islice, product

from rapidfuzz.distance import OSA

from core.domain.day_rules.base import MONTHS, WEEKDAYS

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ENDINGS = ("st", "nd", "rd", "th")

_ALIASES = {
    **{day[:3]: day for day in WEEKDAYS},
    **{month[:3]: month for month in MONTHS},
    **{word: str(n) for n, word in enumerate(_NUMBERS, 1)},
    **{word: f"{n}{ENDINGS[min(n, 4) - 1]}" for n, word in enumerate(_ORDINALS, 1)},
    **dict.fromkeys(("tues",), "tuesday"),
    **dict.fromkeys(("wednes", "weds"), "wednesday"),
    **dict.fromkeys(("thur", "thurs"), "thursday"),
    "sept": "september",
    **dict.fromkeys("tmrw tmr tmw tmrrw tomo tomoz 2moro 2morrow 2mrw tmoro".split(), "tomorrow"),
    **dict.fromkeys(("tonight", "tonite", "2day", "2nite"), "today"),
    **dict.fromkeys(("eod", "cob"), "end of day"),
    "eow": "end of week",
    "eom": "end of month",
    "eoy": "end of year",
    **dict.fromkeys(("wk", "wks"), "week"),
    **dict.fromkeys(("mth", "mths", "mos"), "month"),
    **dict.fromkeys(("yr", "yrs"), "year"),
    **dict.fromkeys(("workday", "weekday", "workdays", "weekdays"), "working day"),
    "nxt": "next",
    "xmas": "christmas",
    "labour": "labor",
}
_REWRITES = (
    (r"(?<=[a-z])\.", ""),
    (r"['’ʼ`´]", ""),
    (r"[\"“”„«»*_]", ""),
    (r"[‐-―−]", "-"),
    (r"[,\s]+", " "),
    (r"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=[a-z\d])", " "),
    (r"\b(\d{1,2})(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", r"\1 "),
    (r"\b(\d+) ?(?:d|ds)\b", r"\1 days"),
    (r"\b(\d+) ?(?:w|wk|wks)\b", r"\1 weeks"),
    (r"\b(\d+) ?(?:mo|mth|mths|mos)\b", r"\1 months"),
    (r"\bthe (?=\S)", ""),
    (r" (?:please|pls)\b", ""),
    (r"\b(?:business|work|bus|working) ?(?=days?\b)", "working "),
    (r"\b(?:(?:a|1|one) )?fortnight\b", "2 weeks"),
    (r"\b(?:a )?couple(?: of)?\b", "2"),
    (r"\bthis (?:morning|afternoon|evening)\b|\b(?:earlier|later) today\b|\bjust now\b", "today"),
    (r"\blast night\b", "yesterday"),
    (r"(?<=\w) (?:by )?(?:eod|cob|end of day)$", ""),
    (r"\A(?:by )?(?:eod|cob|end of day) (?:on )?(?=\w)", ""),
    (r"(?<=\w) (?:in )?(?:morning|afternoon|evening|night|noon|lunchtime)$", ""),
    (
        r"(?<=\w) (?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|h|oclock)$|(?<=\w) at \d{1,2}(?::\d\d)?$",
        "",
    ),
    (r"(?<=\w) (?:or so|ish|at latest|latest|instead)$", ""),
    (r"\b(?:beginning|start) of\b|\bearly (?:in|on)\b", "early"),
    (r"\b(?:middle of|mid of)\b", "mid"),
    (r"\bmid-?(?=[a-z])(?!\s)", "mid "),
    (r"\b(?:month|months) end\b", "end of month"),
    (r"\b(?:weeks? end)\b", "end of week"),
    (r"\b(?:coming|upcoming|this coming|this upcoming)\b", "coming"),
    (r"\b(?:past|previous)(?= (?:week|month|year|[a-z]+day)\b)", "last"),
    (r"\b(?:just|right|shortly|soon|straight) (?=after\b|before\b)", ""),
)
_STEPS = tuple((re.compile(pattern), by) for pattern, by in _REWRITES)
_FILLERS = re.compile(
    r"\A(?:(?:on|by|until|till|til|around|about|maybe|perhaps|probably|at|due|say|sometime|approx|not"
    r" before|no later than|or) )+(?=\S)"
)
_VOCABULARY = frozenset(
    word
    for word in (
        *(*WEEKDAYS, *MONTHS, *_NUMBERS, *_ORDINALS),
        *"today tomorrow yesterday weeks month months working business fortnight weekend".split(),
        *"before after beginning middle early christmas thanksgiving easter".split(),
    )
    if len(word) > 4
)
_KNOWN = _VOCABULARY | set(_ALIASES) | set("next last week days week year years coming".split())


def tidy(text: str) -> str:
    """In one spelling: lower case, whole words, digits, no articles and no fillers."""
    words = text.lower()
    for pattern, by in _STEPS:
        words = pattern.sub(by, words)
    words = " ".join(_ALIASES.get(word, word) for word in words.split())
    words = _FILLERS.sub("", words.strip(" .!?;:"), count=1) + _last_dot(words)
    return " ".join(words.split())


def corrected(words: str) -> list[str]:
    """The words with small slips mended: two readings where a slip has several, at most."""
    if len(words.split()) > 8:
        return []
    options = [_near(word) or [word] for word in words.split()]
    mended = [" ".join(choice) for choice in islice(product(*options), 2)]
    return [tidy(line) for line in mended if line != words]


def slips(words: str) -> list[str]:
    """The words that would be mended."""
    return [word for word in words.split() if _near(word)]


def _last_dot(words: str) -> str:
    """The dot of "22.4." says which of the two is the day."""
    return "." if re.search(r"(?:^|\s)\d{1,2}\.\d{1,2}\.$", words) else ""


def _near(word: str) -> list[str]:
    if len(word) < 5 or len(word) > 14 or not word.isalpha() or word in _KNOWN:
        return []
    for reach in (1, 2) if len(word) > 6 else (1,):
        found = [w for w in sorted(_VOCABULARY) if OSA.distance(word, w, score_cutoff=2) <= reach]
        if found:
            return _distinct(found)
    return []


def _distinct(words: list[str]) -> list[str]:
    """Without a plural beside its singular."""
    return [word for word in words if word.removesuffix("s") not in words or word[-1:] != "s"]
