"""How a draft begins: the greeting, why the message comes, and what makes it about them."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.angles import Known, newest
from core.domain.likeness import mentions
from core.domain.words import Angle, Channel, Step
from core.voice.draft_gifts import Gift, Manner, gift_of
from core.voice.draft_words import gap, greeting_name, insight_sentence, name_of, place, topic

_MANNERS = {
    Channel.TEXT: Manner.BRIEF,
    Channel.CHAT: Manner.BRIEF,
    Channel.LINKEDIN: Manner.BRIEF,
    Channel.PHONE: Manner.SPOKEN,
    Channel.VOICE: Manner.SPOKEN,
    Channel.IN_PERSON: Manner.SPOKEN,
}
_GETTING_IN_TOUCH = {
    Channel.PHONE: "I'm calling about",
    Channel.VOICE: "It's about",
    Channel.IN_PERSON: "I hoped to talk with you about",
}


@dataclass(frozen=True)
class Scene:
    """One draft to write. `me` is the member's name, or the gap for it."""

    known: Known
    angle: Angle
    via: Channel
    me: str

    @property
    def manner(self) -> Manner:
        """How this channel is spoken or written."""
        return _MANNERS.get(self.via, Manner.FULL)

    @property
    def gift(self) -> Gift:
        """What the ping gives."""
        return gift_of(self.known, self.angle, self.manner)

    @property
    def thanks_for_referral(self) -> bool:
        """Whether it thanks them for somebody they pointed the member to."""
        return self.angle is Angle.THANKS and bool(self.known.referred_to)

    @property
    def checks_in(self) -> bool:
        """Whether it asks if the first message arrived."""
        known = self.known
        return known.step is Step.CHECK_IN and not (self.thanks_for_referral or known.landed)


def hello(scene: Scene) -> str:
    """The greeting, with a comma."""
    word = "Hello" if scene.manner is Manner.FULL else "Hi"
    name = greeting_name(scene.known.name)
    return f"{word} {name}," if name else "Hello,"


def place_of(scene: Scene) -> str:
    """Their organization or team."""
    return place(scene.known.organization)


def _about(scene: Scene) -> str:
    """The topic, with the organization where there is nobody to name."""
    known = scene.known
    about = topic(known.about)
    if not about or known.name or not known.organization:
        return about
    return about if mentions(about, known.organization, 1) else f"{about} at {place_of(scene)}"


def opening(scene: Scene) -> str:
    """Why this message comes. A check-in asks whether the first one arrived."""
    known, about = scene.known, _about(scene)
    if known.landed:
        return f"I have news: I've accepted a job{gap(', and where, if you like')}."
    if scene.thanks_for_referral:
        return ""
    if scene.checks_in:
        return f"Did my message{_on(about) or _to_them(scene)} reach you?"
    if known.talking:
        return _after_reply(scene, about)
    if scene.angle is Angle.THANKS and not known.referrer:
        return _nameless(scene)
    return _first(scene, about)


def _after_reply(scene: Scene, about: str) -> str:
    if scene.angle is Angle.THANKS:
        return _nameless(scene)
    if not _to_them(scene):
        return "Thank you again for your reply."
    return f"Thank you again for your reply about {about or 'my message' + _to_them(scene)}."


def _first(scene: Scene, about: str) -> str:
    known = scene.known
    what = _on(about)
    if known.cycle > 1:
        tried = what or _to_them(scene).replace(" to ", " with ", 1)
        return f"I got in touch{tried} a while ago; here's something new."
    if known.referrer:
        return f"{name_of(known.referrer)} suggested that I get in touch{what}."
    start = _GETTING_IN_TOUCH.get(scene.via, "I'm writing about")
    return f"{start} {about}." if about else ""


def _on(about: str) -> str:
    return f" about {about}" if about else ""


def _nameless(scene: Scene) -> str:
    """Who a thank-you is for, where there is nobody to name."""
    return f"This is for the team at {place_of(scene)}." if _to_them(scene) else ""


def _to_them(scene: Scene) -> str:
    """To the organization, where there is nobody to name; else nothing."""
    return "" if scene.known.name or not scene.known.organization else f" to {place_of(scene)}"


def hook(scene: Scene) -> str:
    """What makes it about them: what was learned, or a gap for what the member noticed."""
    known = scene.known
    if scene.angle is Angle.THANKS:
        return ""
    fact = newest(known.insights, known.last_sent) if known.insights else ""
    if fact and not mentions(known.last_sent, fact):
        return insight_sentence(fact, known.name, known.organization)
    if scene.checks_in or known.talking or known.cycle > 1 or known.referrer:
        return ""
    return _noticed(scene)


def _noticed(scene: Scene) -> str:
    if not scene.known.name:
        where = "" if _about(scene) else f" at {place_of(scene)}"
        return f"What caught my eye{where}: {gap('one thing about their work')}."
    brief = scene.manner is Manner.BRIEF
    what = "what you noticed about their work"
    return gap(what if brief else f"one sentence on {what}", scene.known.note)
