"""Codes that join two selves of one person, and how often one may guess at them.

A code has 15 of 20 letters: 64.8 bits. Whoever holds a stolen database has ten minutes to find one
behind its fingerprint; at 2,000 rounds of SHA-256 each that is 2^75 steps.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from core.caller import Account
from core.domain.pacing import Pace

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""As RFC 8628 has it for codes that people type: without vowels no code makes a word, and without
digits no two of them look alike."""
LETTERS, GROUP = 15, 5
BYTES = 16
"""How many random bytes a code is made of: so many more than it needs that all are equally likely,
as far as anybody could ever tell."""
GOOD_FOR = timedelta(minutes=10)
"""How long a code can be entered, and after that how long the question can be answered."""
OWN_GUESSES = Pace(per_second=5 / 600, burst=5)
"""Wrong codes of one account: five at once, then one in two minutes."""
ALL_GUESSES = Pace(per_second=100 / 600, burst=100)
"""Wrong codes of everybody together, for one person can have many accounts."""
EVERYBODY = "link:all"

_ROUNDS = 2_000
_BETWEEN = re.compile(r"[\s\-–—‑_.,`'\"]+")


def code_from(drawn: bytes) -> str:
    """The code that random bytes make, as WDJBM-JHTQR-KPXCF. They must be `BYTES` long."""
    if len(drawn) != BYTES:
        raise ValueError(f"a code is made of {BYTES} bytes")
    number = int.from_bytes(drawn)
    letters = [ALPHABET[number // 20**place % 20] for place in range(LETTERS)]
    groups = ["".join(letters[at : at + GROUP]) for at in range(0, LETTERS, GROUP)]
    return "-".join(groups)


def fingerprint_of(typed: str) -> str:
    """What is kept of a code: the same for all ways to write it; "" for what can be none."""
    letters = _BETWEEN.sub("", typed).upper()
    if len(letters) != LETTERS or any(letter not in ALPHABET for letter in letters):
        return ""
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), b"squeaky link", _ROUNDS).hex()


def guesser(account: Account) -> str:
    """The name under which the guesses of an account are counted. It tells nobody who that is."""
    who = f"{account.platform}:{account.workspace}:{account.user}"
    return f"link:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
