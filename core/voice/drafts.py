"""A short starting draft for a ping (M13), by channel, step and angle.

It gives something, asks one small question at most, and marks what only the member can know. It
invents nothing about the member or the contact: what is not stored is a gap.
"""

from __future__ import annotations

from core.domain.angles import Known
from core.domain.checking import limit_for
from core.domain.drafting import Draft, gaps_in
from core.domain.words import Angle, Channel
from core.voice.draft_openings import Scene, hello, hook, opening, place_of
from core.voice.draft_words import gap, name_of, topic

YOUR_NAME = gap("your name")
YOUR_NUMBER = gap("your number")

_OUR_FIRST_WORDS = frozenset("A As Did Here Here's In It's One Thank This What You".split())


def draft(known: Known, angle: Angle, via: Channel, member_name: str = "") -> Draft:
    """A draft of the next ping to this contact.

    An unknown channel gets the words of an email. `gaps` are as they stand in the body.
    """
    scene = Scene(known, angle, via, name_of(member_name) or YOUR_NAME)
    body = _body(scene)
    subject = _subject(scene) if via is Channel.EMAIL else ""
    return Draft(subject, body, gaps_in(body))


def _body(scene: Scene) -> str:
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


def _subject(scene: Scene) -> str:
    if not scene.checks_in:
        return scene.gift.subject
    about = topic(scene.known.about)
    return f"One more thing on {about}" if about else f"One more thing for {place_of(scene)}"


def _full(scene: Scene) -> str:
    before = _together(opening(scene), hook(scene))
    end = _end(scene)
    after = [_together(_line(scene), end)] if scene.checks_in else [_line(scene), end]
    parts = [hello(scene), before, *after, f"Best wishes,\n{scene.me}"]
    return "\n\n".join(part for part in parts if part)


def _brief(scene: Scene) -> str:
    """As much as fits the channel: what is needed least is left out first."""
    why, them, line, end = opening(scene), hook(scene), _line(scene), _end(scene)
    shapes = [(why, them, line, end), (why, them, line, "")]
    if not scene.checks_in:
        shapes.insert(1, ("", them, line, end))
    shapes += [(why, "", line, end), (why, "", line, "")]
    limit = limit_for(scene.via, scene.known)
    texts = [_greeted(scene, _together(*parts)) for parts in shapes]
    fitting = (text for text in texts if limit is None or limit.size(text) <= limit.most)
    return next(fitting, texts[-1])


def _greeted(scene: Scene, message: str) -> str:
    if scene.via is Channel.TEXT:
        return f"{hello(scene)} {scene.me} here. {message}"
    return f"{hello(scene)} {_running_on(message)}"


def _voice(scene: Scene) -> str:
    goodbye = "Have a good day."
    if scene.angle is not Angle.THANKS:
        goodbye = "Thank you, and have a good day."
    start = _together(_spoken_hello(scene), opening(scene), hook(scene))
    return _together(start, _line(scene), _end(scene), goodbye)


def _phone(scene: Scene) -> str:
    voicemail = f"say the same two things, then: My number is {YOUR_NUMBER}."
    return "\n".join((*_talk(scene), f"If it goes to voicemail: {voicemail}"))


def _in_person(scene: Scene) -> str:
    return "\n".join(_talk(scene))


def _talk(scene: Scene) -> list[str]:
    """Talking points: short lines to glance at, not a speech."""
    gift = scene.gift
    asks = bool(gift.ask) and not scene.checks_in
    return [
        f"Open: {_together(_spoken_hello(scene), opening(scene), hook(scene))}",
        f"Give: {gift.line}",
        f"Ask: {gift.ask}" if asks else f"Close: {gift.offer or 'Have a good day.'}",
        "Then listen, and write down what they need.",
    ]


def _line(scene: Scene) -> str:
    """What is given; in a check-in it follows a question, so it is tied to it."""
    line = scene.gift.line
    if not scene.checks_in:
        return line
    tie = "Either way," if scene.angle is Angle.THANKS else "In the meantime,"
    return f"{tie} {_running_on(line)}"


def _end(scene: Scene) -> str:
    """The one question, or what stands in for it."""
    gift = scene.gift
    return gift.offer if scene.checks_in else gift.ask or gift.offer


def _running_on(sentence: str) -> str:
    """A sentence of ours as it goes on after a comma."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first in _OUR_FIRST_WORDS else sentence


def _together(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def _spoken_hello(scene: Scene) -> str:
    am = "I'm" if scene.via is Channel.IN_PERSON else "this is"
    return f"{hello(scene)} {am} {scene.me}."
