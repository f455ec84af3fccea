"""How a member's accounts are spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from core.caller import Account, Platform
from core.reply import Message, Paragraph
from core.store.accounts import OwnAccount
from core.text import Text, say

PLACES = {
    Platform.SLACK: "on Slack",
    Platform.DISCORD: "on Discord",
    Platform.WEB: "in the playground",
}
NAMES = {Platform.SLACK: "Slack", Platform.DISCORD: "Discord", Platform.WEB: "the playground"}


def place_of(account: Account, other: Account | None = None) -> str:
    """Where an account is, told apart from another: "on Slack"; "your other self on Slack"."""
    words = PLACES[account.platform]
    same = other is not None and other.platform is account.platform
    return f"as your other self {words}" if same else words


def selves(mine: int, own: Sequence[OwnAccount]) -> tuple[Text, ...]:
    """Where else one is, and where the one morning message comes."""
    me = next(one for one in own if one.id == mine)
    others = [place_of(one.account, me.account) for one in own if one.id != mine]
    digest = digest_of(me, own)
    at = "here" if digest is me else place_of(digest.account, me.account)
    return (
        say("You are one person here and {places}.", places=" and ".join(others)),
        say("Your morning message comes {at}.", at=at),
    )


def digest_of(me: OwnAccount, own: Sequence[OwnAccount]) -> OwnAccount:
    """Which of one's accounts is to have the digest."""
    return next((one for one in own if one.takes_digest), me)


def note(line: Text) -> Message:
    """A message of one line."""
    return Message((Paragraph((line,)),))
