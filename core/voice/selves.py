"""How a member's accounts are spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from core.caller import Account, Platform
from core.language import N_, tr
from core.reply import Message, Paragraph
from core.store.accounts import OwnAccount
from core.text import Text, say
from core.voice.words import listed

_PLACES = {
    Platform.SLACK: N_("on Slack"),
    Platform.DISCORD: N_("on Discord"),
    Platform.WEB: N_("in the playground"),
}
_OTHERS = {
    Platform.SLACK: N_("as your other self on Slack"),
    Platform.DISCORD: N_("as your other self on Discord"),
    Platform.WEB: N_("as your other self in the playground"),
}
_PLACES_FIRST = {
    Platform.SLACK: N_("On Slack"),
    Platform.DISCORD: N_("On Discord"),
    Platform.WEB: N_("In the playground"),
}
_OTHERS_FIRST = {
    Platform.SLACK: N_("As your other self on Slack"),
    Platform.DISCORD: N_("As your other self on Discord"),
    Platform.WEB: N_("As your other self in the playground"),
}
_NAMES = {
    Platform.SLACK: N_("Slack"),
    Platform.DISCORD: N_("Discord"),
    Platform.WEB: N_("the playground"),
}


def name_of(account: Account) -> str:
    """What its platform is called."""
    return tr(_NAMES[account.platform])


def names_of(accounts: Sequence[Account]) -> str:
    """What their platforms are called, each once."""
    return listed(sorted({name_of(one) for one in accounts}))


def place_of(account: Account, other: Account | None = None) -> str:
    """Where an account is, told apart from another: "on Slack"; "your other self on Slack"."""
    same = other is not None and other.platform is account.platform
    return tr((_OTHERS if same else _PLACES)[account.platform])


def heading_place(account: Account, other: Account) -> str:
    """As `place_of`, at the beginning of a sentence."""
    same = other.platform is account.platform
    return tr((_OTHERS_FIRST if same else _PLACES_FIRST)[account.platform])


def selves(mine: int, own: Sequence[OwnAccount]) -> tuple[Text, ...]:
    """Where else one is, and where the one morning message comes."""
    me = next(one for one in own if one.id == mine)
    others = [place_of(one.account, me.account) for one in own if one.id != mine]
    digest = digest_of(me, own)
    comes = say("Your morning message comes here.")
    if digest is not me:
        at = place_of(digest.account, me.account)
        comes = say("Your morning message comes {at}.", at=at)
    return say("You are one person here and {places}.", places=listed(others)), comes


def digest_of(me: OwnAccount, own: Sequence[OwnAccount]) -> OwnAccount:
    """Which of one's accounts is to have the digest."""
    return next((one for one in own if one.takes_digest), me)


def note(line: Text) -> Message:
    """A message of one line."""
    return Message((Paragraph((line,)),))
