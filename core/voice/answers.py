"""What the bot answers when something was changed: what was understood, the next day, and Undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Outcome, TouchKind
from core.language import N_, tr
from core.reply import Action, Actions, Block, Button, Message, Paragraph, Tone
from core.requests import Ask, Reopen, Show
from core.text import Sayable, Text, clip, say
from core.tokens import token
from core.voice.days import clock_words, day_words
from core.voice.people import headline, hints, named
from core.voice.rows import happened, undo_button
from core.voice.why import closed_words, why_words

ZONE_ASK = N_(
    "I don't know your time zone yet, so I count in UTC, where it is {clock}. Tell me with "
    "`/followup settings zone:` and your city, so that your morning message comes at your own hour."
)

ASK_INSIGHT = N_("What did you learn about what {organization} needs?")
FIRST, NEXT = N_("First ping"), N_("Next ping")
QUOTE = 200


def note_of(template: str, *actions: Action, **values: Sayable) -> Message:
    """A short message of one paragraph, with buttons below it if any."""
    blocks: list[Block] = [Paragraph((say(template, **values),))]
    blocks.extend([Actions(actions)] if actions else [])
    return Message(tuple(blocks))


def added(followup: FollowUp, today: date, change: int, then: Text = ()) -> Message:
    """The answer to `add`. `then` is said after it, to somebody for whom all of this is new."""
    lines = [headline(followup), next_words(followup, today, FIRST), *hints(followup)]
    lines += [then] if then else []
    edit = _edit(followup, tr("Edit" if followup.contact.name else "Add the name"))
    ask = Ask(target=followup.id, seen=followup.revision, form="snooze")
    change_day = Button(tr("Change the day"), token(ask))
    return Message((Paragraph(tuple(lines)), Actions((edit, change_day, undo_button(change)))))


def changed(
    followup: FollowUp,
    touch: Touch,
    today: date,
    change: int,
    notes: Sequence[Text] = (),
    *,
    asks_insight: bool = False,
) -> Message:
    """The answer to sent, replied, snooze, note, close and reopen. `notes` are said after it."""
    lines = [say("{who}: {what}.", who=named(followup), what=_what(followup, touch))]
    if followup.position.closed is None:
        lines.append(next_words(followup, today))
    actions: list[Action] = []
    if followup.position.closed is not None:
        actions.append(reopen_button(followup))
    if asks_insight and followup.contact.organization:
        lines.append(say(ASK_INSIGHT, organization=followup.contact.organization))
        ask = Ask(target=followup.id, form="insight")
        actions.append(Button(tr("Add what they need"), token(ask)))
    actions.append(undo_button(change))
    return Message((Paragraph((*lines, *notes)), Actions(tuple(actions))))


def learned(organization: str, text: str, change: int) -> Message:
    """The answer to `insight`."""
    return note_of(
        "Kept for **{organization}**: “{text}”. You will see it whenever anyone there is due.",
        undo_button(change),
        organization=organization,
        text=clip(text, QUOTE),
    )


def edited(followup: FollowUp, differences: list[Text], today: date, change: int) -> Message:
    """The answer to `edit`: what changed, from what to what; 0 for `change` if nothing did."""
    what = tr("changed" if change else "nothing was changed")
    lines = [say("{who}: {what}.", who=named(followup), what=what), *differences]
    if change and followup.position.closed is None:
        lines += [next_words(followup, today), *hints(followup)]
    actions = [Actions((undo_button(change),))] if change else []
    return Message((Paragraph(tuple(lines)), *actions))


def next_words(followup: FollowUp, today: date, what: str = NEXT) -> Text:
    """The due day and why. `what` is due: a marked word."""
    position = followup.position
    if position.due is None:
        return ()
    return say(
        "{what}: **{day}**, {why}.",
        what=tr(what),
        day=day_words(position.due, today),
        why=why_words(position),
    )


def zone_question(now: datetime) -> tuple[Block, ...]:
    """What a member reads whose zone is unknown."""
    ask = Button(tr("Set my time zone"), token(Ask(form="settings")), Tone.PRIMARY)
    return (
        Paragraph((say(ZONE_ASK, clock=clock_words(now, "UTC")),)),
        Actions((ask,)),
    )


def several_buttons(followups: list[FollowUp], tokens: list[str]) -> tuple[Button, ...]:
    """One button for each that fits, told apart by what sets them apart."""
    return tuple(
        Button(_label(followup), made) for followup, made in zip(followups, tokens, strict=True)
    )


def reopen_button(followup: FollowUp) -> Button:
    """Takes a closed one up again."""
    return Button(tr("Reopen"), token(Reopen(target=followup.id, seen=followup.revision)))


def details_button(followup: FollowUp) -> Button:
    """Shows everything about one."""
    return Button(tr("Show it"), token(Show(target=followup.id)))


def _label(followup: FollowUp) -> str:
    about = f", {followup.about}" if followup.about else ""
    label = f"{followup.full_title}{about}"
    number = f" (#{followup.number})"
    return label[: 75 - len(number)] + number


def _what(followup: FollowUp, touch: Touch) -> str:
    closed = followup.position.closed
    closes = touch.kind is TouchKind.CLOSED or touch.outcome is Outcome.DISMISSED
    if closed is not None and closes:
        return tr("closed, because {why}", why=closed_words(closed))
    return happened(touch)


def _edit(followup: FollowUp, label: str) -> Button:
    return Button(label, token(Ask(target=followup.id, form="edit")))
