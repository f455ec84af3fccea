"""How a draft begins: the greeting, why the message comes, and what makes it about them."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.angles import Known, newest
from core.domain.likeness import mentions
from core.domain.words import Angle, Channel, Step
from core.language import N_, tr, trp
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
    Channel.PHONE: N_("I'm calling about {about}."),
    Channel.VOICE: N_("It's about {about}."),
    Channel.IN_PERSON: N_("I hoped to talk with you about {about}."),
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
    """The greeting: above a letter, or before a sentence that goes on from it."""
    name = greeting_name(scene.known.name)
    if scene.manner is Manner.FULL:
        return trp("letter", "Hello {name},", name=name) if name else trp("letter", "Hello,")
    if name:
        return trp("before a sentence", "Hi {name},", name=name)
    return trp("before a sentence", "Hello,")


def spoken_hello(scene: Scene) -> str:
    """The greeting with who is speaking."""
    if scene.via is Channel.IN_PERSON:
        return tr("{hello} I'm {me}.", hello=hello(scene), me=scene.me)
    return tr("{hello} this is {me}.", hello=hello(scene), me=scene.me)


def _about(scene: Scene) -> str:
    """The topic, with the organization where there is nobody to name."""
    known = scene.known
    about = topic(known.about)
    if not about or known.name or not known.organization:
        return about
    if mentions(about, known.organization, 1):
        return about
    return tr("{about} at {place}", about=about, place=place(known.organization))


def _nobody_at(scene: Scene) -> str:
    """Their organization, where there is nobody to name; else nothing."""
    return "" if scene.known.name else place(scene.known.organization)


def opening(scene: Scene) -> str:
    """Why this message comes. A check-in asks whether the first one arrived."""
    known, about = scene.known, _about(scene)
    if known.landed:
        where = gap(tr(", and where, if you like"))
        return tr("I have news: I've accepted a job{gap}.", gap=where)
    if scene.thanks_for_referral:
        return ""
    if scene.checks_in:
        return _reached(scene, about)
    if known.talking:
        return _after_reply(scene, about)
    if scene.angle is Angle.THANKS and not known.referrer:
        return _nameless(scene)
    return _again(scene, about) if known.cycle > 1 else _first(scene, about)


def _reached(scene: Scene, about: str) -> str:
    if about:
        return tr("Did my message about {about} reach you?", about=about)
    if nobody_at := _nobody_at(scene):
        return tr("Did my message to {place} reach you?", place=nobody_at)
    return tr("Did my message reach you?")


def _after_reply(scene: Scene, about: str) -> str:
    if scene.angle is Angle.THANKS:
        return _nameless(scene)
    nobody_at = _nobody_at(scene)
    if not nobody_at:
        return tr("Thank you again for your reply.")
    if about:
        return tr("Thank you again for your reply about {about}.", about=about)
    return tr("Thank you again for your reply about my message to {place}.", place=nobody_at)


def _again(scene: Scene, about: str) -> str:
    if about:
        return tr("I got in touch about {about} a while ago; here's something new.", about=about)
    if nobody_at := _nobody_at(scene):
        template = N_("I got in touch with {place} a while ago; here's something new.")
        return tr(template, place=nobody_at)
    return tr("I got in touch a while ago; here's something new.")


def _first(scene: Scene, about: str) -> str:
    if scene.known.referrer:
        name = name_of(scene.known.referrer)
        if about:
            template = N_("{name} suggested that I get in touch about {about}.")
            return tr(template, name=name, about=about)
        return tr("{name} suggested that I get in touch.", name=name)
    template = _GETTING_IN_TOUCH.get(scene.via, N_("I'm writing about {about}."))
    return tr(template, about=about) if about else ""


def _nameless(scene: Scene) -> str:
    """Who a thank-you is for, where there is nobody to name."""
    nobody_at = _nobody_at(scene)
    return tr("This is for the team at {place}.", place=nobody_at) if nobody_at else ""


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
        one_thing = gap(tr("one thing about their work"))
        if _about(scene):
            return tr("What caught my eye: {gap}.", gap=one_thing)
        where = place(scene.known.organization)
        if where:
            return tr("What caught my eye at {place}: {gap}.", place=where, gap=one_thing)
        return tr("What caught my eye at your team: {gap}.", gap=one_thing)
    if scene.manner is Manner.BRIEF:
        return gap(tr("what you noticed about their work"), scene.known.note)
    return gap(tr("one sentence on what you noticed about their work"), scene.known.note)
