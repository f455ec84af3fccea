"""Sealing: text that only whoever has the key can read, and that nobody can change or move unseen.

A sealed text looks like `sq1.3f9a01bc.…`: our mark, the short id of its key, then base64. It is
AES-256-GCM under a key of its own for each place ("table.column"), and bound to that place.

Where equal texts have to be found by the database they are sealed alike (`sq1.3f9a01bc=…`, AES-SIV
of RFC 5297): equal texts of one place look equal, and nothing else is told of them.

Text is filled up to a multiple of 16 bytes first, so that its length tells little. Without a key
nothing is sealed. Empty text never is: that a field is empty is no secret.
"""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect

MARK = "sq1."
"""How what is sealed begins. Plain text that begins so is written as `sq1..` and itself."""
KEY_LEAST = 43
"""Characters of a key: 32 random bytes in base64. In hexadecimal they are 64."""
DIFFERENT_LEAST = 12
"""Different characters in a key: fewer are typed by hand, not made at random."""

_KEY = re.compile(r"[A-Za-z0-9+/_=-]+")
_SEALED = re.compile(r"sq1\.([0-9a-f]{8})([.=])([A-Za-z0-9_=-]+)")
_NONCE = 12
_BLOCK = 16
_END = b"\x80"
"""After the text, before what fills it up: zeros."""
_SALT = b"squeaky sealing 1"


class CannotOpen(Exception):
    """A sealed text that can't be read. The message names its place and never what is in it."""


class UnknownKey(CannotOpen):
    """It was sealed with a key that is not here."""


class Broken(CannotOpen, ValueError):
    """It was changed, or stood in another place when it was sealed."""


class WeakKey(ValueError):
    """Why a text is no good as a key, and how to make one. It never holds the text."""


class _Key:
    """One key: its id, and what is derived from it for each place."""

    def __init__(self, text: str) -> None:
        self._secret = text.encode()
        self.id = self._derived("id", 4).hex()
        # Each instance remembers for itself: what is derived goes when the key goes.
        self.randomly = lru_cache(maxsize=None)(lambda where: AESGCM(self._derived(where, 32)))
        self.alike = lru_cache(maxsize=None)(
            lambda where: AESSIV(self._derived(f"alike {where}", 64))
        )

    def _derived(self, what: str, length: int) -> bytes:
        return HKDF(SHA256(), length, _SALT, what.encode()).derive(self._secret)


class Keys:
    """The keys of one database: the first seals, all of them open. With none, nothing is sealed."""

    def __init__(self, *texts: str) -> None:
        """Raises WeakKey."""
        for text in texts:
            check_key(text)
        made = [_Key(text) for text in dict.fromkeys(texts)]
        self._first = made[0] if made else None
        self._all = {key.id: key for key in made}

    @classmethod
    def of(cls, text: str) -> Self:
        """The keys in a setting, with commas between them. Raises WeakKey."""
        return cls(*key_texts(text))

    def unsealing(self) -> Keys:
        """These open and seal nothing any more: what is written with them is plain."""
        opened = Keys()
        opened._all = self._all
        return opened

    def __bool__(self) -> bool:
        return self._first is not None

    def __repr__(self) -> str:
        return f"Keys({', '.join(self._all)})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The short ids, which tell nothing of the keys. The first is the one that seals."""
        return tuple(self._all)

    def seal(self, text: str, where: str) -> str:
        """The text as it is written at a place; each time another. Without a key, as it is."""
        if self._first is None or not text:
            return _plainly(text)
        head = f"{MARK}{self._first.id}."
        nonce = os.urandom(_NONCE)
        cipher = self._first.randomly(where)
        return head + _letters(nonce + cipher.encrypt(nonce, _filled(text), _bound(head, where)))

    def seal_alike(self, text: str, where: str) -> str:
        """As `seal`, but equal texts of one place are written alike."""
        if self._first is None or not text:
            return _plainly(text)
        return _sealed_alike(self._first, text, where)

    def spellings(self, text: str, where: str) -> list[str]:
        """Every way in which `seal_alike` may have written a text, under each key and under none.

        So what was written before a key was set, or under another, is found until it is resealed.
        """
        under = [_sealed_alike(key, text, where) for key in self._all.values() if text]
        return [*under, _plainly(text)]

    def open(self, written: str, where: str) -> str:
        """What `seal` or `seal_alike` was given. Raises CannotOpen."""
        if not written.startswith(MARK):
            return written
        if written.startswith(f"{MARK}."):
            return written[len(MARK) + 1 :]
        found = _SEALED.fullmatch(written)
        if found is None:
            raise Broken(f"{where}: what is written there is no sealed text")
        key = self._all.get(found[1])
        if key is None:
            raise UnknownKey(f"{where}: sealed with key {found[1]}, which SECRET_KEY doesn't have")
        try:
            return _opened(key, found, where)
        except (InvalidTag, ValueError):
            raise Broken(f"{where}: what is sealed there was changed or moved") from None

    def is_fresh(self, written: str) -> bool:
        """Whether it is written as it would be now: under the first key, or plainly without one."""
        return not written or key_of(written) == (self._first.id if self._first else "")


NO_KEYS = Keys()


def give_keys(dialect: Dialect, keys: Keys) -> None:
    """Let everything that is read and written in this dialect be opened and sealed with them.

    Each engine has a dialect of its own, so this holds for one database.
    """
    marked: Any = dialect
    marked.sealing_keys = keys


def keys_of(dialect: Dialect) -> Keys:
    """The keys of a database; none if it was given none."""
    return getattr(dialect, "sealing_keys", NO_KEYS)


def key_of(written: str) -> str:
    """The id of the key that something was sealed with; "" for plain text."""
    found = _SEALED.fullmatch(written)
    return found[1] if found else ""


def key_texts(setting: str) -> list[str]:
    """The keys in a setting, as they are written there."""
    return [part.strip() for part in setting.split(",") if part.strip()]


def check_key(text: str) -> None:
    """Raises WeakKey, with a sentence that says how to make a good one."""
    if not _KEY.fullmatch(text) or len(text) < KEY_LEAST or len(set(text)) < DIFFERENT_LEAST:
        raise WeakKey(
            f"a key has at least {KEY_LEAST} letters and digits, chosen at random: make one with "
            "python -m bot key"
        )


def _sealed_alike(key: _Key, text: str, where: str) -> str:
    head = f"{MARK}{key.id}="
    return head + _letters(key.alike(where).encrypt(_filled(text), [_bound(head, where)]))


def _opened(key: _Key, found: re.Match[str], where: str) -> str:
    _, kind, letters = found.groups()
    raw, bound = urlsafe_b64decode(letters), _bound(found[0][: found.start(3)], where)
    opening: Callable[[], bytes]
    if kind == ".":
        opening = partial(key.randomly(where).decrypt, raw[:_NONCE], raw[_NONCE:], bound)
    else:
        opening = partial(key.alike(where).decrypt, raw, [bound])
    text, _, _ = opening().rpartition(_END)
    return text.decode()


def _filled(text: str) -> bytes:
    raw = text.encode() + _END
    return raw + bytes(-len(raw) % _BLOCK)


def _bound(head: str, where: str) -> bytes:
    """What is checked along with the text: its head and its place."""
    return f"{head}{where}".encode()


def _letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def _plainly(text: str) -> str:
    return f"{MARK}.{text}" if text.startswith(MARK) else text
