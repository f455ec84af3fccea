"""A short starting draft for a ping (M13), by channel, step and angle.

It gives something, asks one small question at most, and marks what only the member can know. It
invents nothing about the member or the contact: what is not stored is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.angles import Known, newest
from core.domain.checking import limit_for
from core.domain.drafting import Draft, gaps_in
from core.domain.likeness import mentions
from core.domain.words import Angle, Channel, Step
from core.voice.draft_gifts import Gift, Manner, gift_of
from core.voice.draft_words import gap, greeting_name, insight_sentence, name_of, place, topic

YOUR_NAME = gap("your name")
YOUR_NUMBER = gap("your number")

_MANNERS = {
    Channel.TEXT: Manner.BRIEF,
    Channel.CHAT: Manner.BRIEF,
    Channel.LINKEDIN: Manner.BRIEF,
    Channel.PHONE: Manner.SPOKEN,
    Channel.VOICE: Manner.SPOKEN,
    Channel.IN_PERSON: Manner.SPOKEN,
}
_GETTING_IN_TOUCH = {
    Channel.PHONE: "I am calling about",
    Channel.VOICE: "This is about",
    Channel.IN_PERSON: "I hoped to speak with you about",
}


@dataclass(frozen=True)
class _Scene:
    """One draft to write. `me` is the member's name, or the gap for it."""

    known: Known
    angle: Angle
    via: Channel
    me: str

    @property
    def manner(self) -> Manner:
        return _MANNERS.get(self.via, Manner.FULL)

    @property
    def gift(self) -> Gift:
        return gift_of(self.known, self.angle, self.manner)

    @property
    def thanks_for_referral(self) -> bool:
        return self.angle is Angle.THANKS and bool(self.known.referred_to)

    @property
    def checks_in(self) -> bool:
        return self.known.step is Step.CHECK_IN and not self.thanks_for_referral


def draft(known: Known, angle: Angle, via: Channel, member_name: str = "") -> Draft:
    """A draft of the next ping to this contact.

    An unknown channel gets the words of an email. `gaps` are as they stand in the body.
    """
    scene = _Scene(known, angle, via, name_of(member_name) or YOUR_NAME)
    body = _body(scene)
    subject = _subject(scene) if via is Channel.EMAIL else ""
    return Draft(subject, body, gaps_in(body))


def _body(scene: _Scene) -> str:
    match scene.via:
        case Channel.PHONE:
            return _phone(scene)
        case Channel.IN_PERSON:
            return _in_person(scene)
        case Channel.VOICE:
            return _voice(scene)
        case Channel.TEXT | Channel.CHAT | Channel.LINKEDIN:
            return _brief(scene)
        case _:
            return _full(scene)


def _subject(scene: _Scene) -> str:
    if not scene.checks_in:
        return scene.gift.subject
    about = topic(scene.known.about)
    return f"One more thing on {about}" if about else f"One more thing for {_place(scene)}"


def _full(scene: _Scene) -> str:
    gift = scene.gift
    if scene.checks_in:
        after = [f"{gift.line} {gift.offer}".strip()]
    else:
        after = [gift.line, gift.ask or gift.offer]
    before = " ".join(part for part in (_opening(scene), _hook(scene)) if part)
    parts = [_hello(scene), before, *after, f"Best wishes,\n{scene.me}"]
    return "\n\n".join(part for part in parts if part)


def _brief(scene: _Scene) -> str:
    """As much as fits the channel: what is needed least is left out first."""
    gift, checks_in = scene.gift, scene.checks_in
    hello = f"{_hello(scene)} {scene.me} here." if scene.via is Channel.TEXT else _hello(scene)
    opening, hook = _opening(scene), _hook(scene)
    end = gift.offer if checks_in else gift.ask or gift.offer
    shapes = [(hello, opening, hook, gift.line, end), (hello, opening, hook, gift.line, "")]
    if not checks_in:
        shapes.insert(1, (hello, "", hook, gift.line, end))
    shapes += [(hello, opening, "", gift.line, end), (hello, opening, "", gift.line, "")]
    limit = limit_for(scene.via, scene.known)
    texts = [" ".join(part for part in parts if part) for parts in shapes]
    fitting = (text for text in texts if limit is None or limit.size(text) <= limit.most)
    return next(fitting, texts[-1])


def _voice(scene: _Scene) -> str:
    gift = scene.gift
    end = gift.offer if scene.checks_in else gift.ask or gift.offer
    parts = [
        f"{_hello(scene)} this is {scene.me}.",
        _opening(scene),
        _hook(scene),
        gift.line,
        end,
        "Thank you, and have a good day.",
    ]
    return " ".join(part for part in parts if part)


def _phone(scene: _Scene) -> str:
    gift = scene.gift
    voicemail = f"“{_hello(scene)} this is {scene.me}. {gift.line} My number is {YOUR_NUMBER}.”"
    return "\n".join((*_talk(scene), f"If it goes to voicemail: {voicemail}"))


def _in_person(scene: _Scene) -> str:
    return "\n".join(_talk(scene))


def _talk(scene: _Scene) -> list[str]:
    """Talking points: short lines to glance at, not a speech."""
    gift = scene.gift
    opening = " ".join(part for part in (_opening(scene), _hook(scene)) if part)
    lines = [f"Open: “{_hello(scene)} this is {scene.me}. {opening}”", f"Give: “{gift.line}”"]
    ask = "" if scene.checks_in else gift.ask
    lines.append(f"Ask: “{ask}”" if ask else f"Close: “{gift.offer or 'Thank you.'}”")
    return [*lines, "Then listen, and write down what they need."]


def _hello(scene: _Scene) -> str:
    word = "Hello" if scene.manner is Manner.FULL else "Hi"
    name = greeting_name(scene.known.name)
    return f"{word} {name}," if name else "Hello,"


def _place(scene: _Scene) -> str:
    return place(scene.known.organization)


def _about(scene: _Scene) -> str:
    """The topic, with the organization where there is nobody to name."""
    known = scene.known
    about = topic(known.about)
    if not about or known.name or not known.organization:
        return about
    return about if mentions(about, known.organization, 1) else f"{about} at {_place(scene)}"


def _opening(scene: _Scene) -> str:
    """Why this message comes. A check-in asks whether the first one arrived."""
    known, about = scene.known, _about(scene)
    if scene.thanks_for_referral:
        return ""
    if scene.checks_in:
        return f"Did my message{about and f' about {about}' or _to_them(scene)} reach you?"
    if known.talking:
        return _after_reply(scene, about)
    return _first(scene, about) or _nameless(scene)


def _after_reply(scene: _Scene, about: str) -> str:
    if scene.angle is Angle.THANKS:
        return _nameless(scene)
    if not _to_them(scene):
        return "Thank you again for your reply."
    return f"Thank you again for your reply about {about or 'my message' + _to_them(scene)}."


def _first(scene: _Scene, about: str) -> str:
    known = scene.known
    what = f" about {about}" if about else ""
    if known.cycle > 1:
        tried = what or _to_them(scene).replace(" to ", " with ", 1)
        return f"I got in touch{tried} a while ago, and now I have something new for you."
    if known.referrer:
        return f"{name_of(known.referrer)} suggested that I get in touch{what}."
    return f"{_GETTING_IN_TOUCH.get(scene.via, 'I am writing about')} {about}." if about else ""


def _nameless(scene: _Scene) -> str:
    """Who a thank-you is for, where there is nobody to name."""
    thanks = scene.angle is Angle.THANKS and _to_them(scene)
    return f"This is for the team at {_place(scene)}." if thanks else ""


def _to_them(scene: _Scene) -> str:
    """ " to Acme" where there is nobody to name, else ""."""
    return "" if scene.known.name or not scene.known.organization else f" to {_place(scene)}"


def _hook(scene: _Scene) -> str:
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


def _noticed(scene: _Scene) -> str:
    if not scene.known.name:
        return f"What drew me to {_place(scene)}: {gap('one thing about their work')}."
    brief = scene.manner is Manner.BRIEF
    what = "what you noticed about their work"
    return f"{gap(what if brief else 'one sentence on ' + what, scene.known.note)}."
