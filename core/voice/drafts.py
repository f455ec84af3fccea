"""A short starting draft for a ping (M13), by channel, step and angle.

It gives something, asks one small question at most, and marks what only the member can know. It
invents nothing about the member or the contact: what is not stored is a gap.
"""

from __future__ import annotations

from core.domain.angles import Known
from core.domain.checking import limit_for
from core.domain.drafting import Draft, gaps_in
from core.domain.words import Angle, Channel
from core.language import N_, tr
from core.voice.draft_openings import Scene, hello, hook, opening, spoken_hello
from core.voice.draft_words import for_them, gap, name_of, running_on, together, topic


def draft(known: Known, angle: Angle, via: Channel, member_name: str = "") -> Draft:
    """A draft of the next ping to this contact.

    An unknown channel gets the words of an email. `gaps` are as they stand in the body.
    """
    scene = Scene(known, angle, via, name_of(member_name) or gap(tr("your name")))
    body = _body(scene)
    subject = _subject(scene) if via is Channel.EMAIL else ""
    return Draft(subject, body, gaps_in(body))


def _body(scene: Scene) -> str:
    match scene.via:
        case Channel.PHONE | Channel.IN_PERSON | Channel.VOICE:
            return _spoken(scene)
        case Channel.TEXT | Channel.CHAT | Channel.LINKEDIN:
            return _brief(scene)
        case _:
            return _full(scene)


def _subject(scene: Scene) -> str:
    if not scene.checks_in:
        return scene.gift.subject
    about = topic(scene.known.about)
    if about:
        return tr("One more thing on {about}", about=about)
    return for_them(
        scene.known.organization,
        N_("One more thing for {place}"),
        N_("One more thing for your team"),
    )


def _full(scene: Scene) -> str:
    before = together(opening(scene), hook(scene))
    end = _end(scene)
    after = [together(_line(scene), end)] if scene.checks_in else [_line(scene), end]
    parts = [hello(scene), before, *after, tr("Best wishes,\n{me}", me=scene.me)]
    return "\n\n".join(part for part in parts if part)


def _brief(scene: Scene) -> str:
    """As much as fits the channel: what is needed least is left out first."""
    why, them, line, end = opening(scene), hook(scene), _line(scene), _end(scene)
    shapes = [(why, them, line, end), (why, them, line, "")]
    may_just_give = bool(scene.known.name) and not scene.checks_in
    if may_just_give:  # else the reason why is what it is about
        shapes.insert(1, ("", them, line, end))
    shapes += [(why, "", line, end), (why, "", line, "")]
    if may_just_give:
        shapes.append(("", "", line, ""))
    limit = limit_for(scene.via, scene.known)
    texts = [_greeted(scene, together(*parts)) for parts in shapes]
    fitting = (text for text in texts if limit is None or limit.size(text) <= limit.most)
    return next(fitting, texts[-1])


def _greeted(scene: Scene, message: str) -> str:
    greeting = hello(scene)
    if scene.via is Channel.TEXT:
        return tr("{hello} {me} here. {message}", hello=greeting, me=scene.me, message=message)
    return f"{greeting} {running_on(message)}"


def _spoken(scene: Scene) -> str:
    """With what makes it about them, where that is not too much for the channel."""
    limit = limit_for(scene.via, scene.known)
    whole = _said(scene, hook(scene))
    return whole if limit is None or limit.size(whole) <= limit.most else _said(scene, "")


def _said(scene: Scene, them: str) -> str:
    start = together(spoken_hello(scene), opening(scene), them)
    match scene.via:
        case Channel.VOICE:
            return together(start, _line(scene), _end(scene), _goodbye(scene))
        case Channel.PHONE:
            return "\n".join((*_talk(scene, start), _voicemail()))
        case _:
            return "\n".join(_talk(scene, start))


def _goodbye(scene: Scene) -> str:
    if scene.angle is Angle.THANKS:
        return tr("Have a good day.")
    return tr("Thank you, and have a good day.")


def _voicemail() -> str:
    return tr(
        "If it goes to voicemail: say the same two things, then: My number is {number}.",
        number=gap(tr("your number")),
    )


def _talk(scene: Scene, start: str) -> list[str]:
    """Talking points: short lines to glance at, not a speech."""
    gift = scene.gift
    asks = bool(gift.ask) and not scene.checks_in
    close = gift.offer or tr("Have a good day.")
    return [
        tr("Open: {words}", words=start),
        tr("Give: {words}", words=gift.line),
        tr("Ask: {words}", words=gift.ask) if asks else tr("Close: {words}", words=close),
        tr("Then listen, and write down what they need."),
    ]


def _line(scene: Scene) -> str:
    """What is given; in a check-in it follows a question, so it is tied to it."""
    line = scene.gift.line
    if not scene.checks_in:
        return line
    if scene.angle is Angle.THANKS:
        return tr("Either way, {sentence}", sentence=running_on(line))
    return tr("In the meantime, {sentence}", sentence=running_on(line))


def _end(scene: Scene) -> str:
    """The one question, or what stands in for it."""
    gift = scene.gift
    return gift.offer if scene.checks_in else gift.ask or gift.offer
