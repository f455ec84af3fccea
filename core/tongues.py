"""The language that was last spoken with each account: for what is said before the desk knows more.

An adapter says "one moment" while the database is asked, and that something broke when nobody could
be asked. Who chose a language in the settings is not to meet another one there.
"""

from __future__ import annotations

from collections import OrderedDict

from core.caller import Account, Caller
from core.language import language_for

MOST = 10_000
"""Accounts that are remembered, the ones heard from last. Of the others their locale tells."""


class Tongues:
    """Remembers languages that are not those of the accounts' locales. A restart forgets them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Account, str] = OrderedDict()

    def of(self, caller: Caller) -> str:
        """What to speak with somebody whom nobody has looked up yet."""
        return self._known.get(caller.account) or language_for(caller.locale)

    def heard(self, caller: Caller, language: str) -> None:
        """Remember what was spoken with somebody."""
        self._known.pop(caller.account, None)
        if language != language_for(caller.locale):
            self._known[caller.account] = language
        while len(self._known) > self._most:
            self._known.popitem(last=False)
