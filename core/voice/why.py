"""Why a ping is due on its day, in words."""

from __future__ import annotations

from datetime import date

from core.domain.cadence import Because, Position, Why
from core.domain.calendar import WEEK
from core.domain.history import Terms
from core.domain.words import CloseReason, Priority, Step, Trust, Urgency
from core.voice.days import count, date_words, distance, short_date

_TERMS = {
    Urgency.URGENT: "their need is urgent",
    Urgency.SOON: "they need somebody soon",
    Urgency.RELAXED: "they are in no hurry",
    Priority.HIGH: "it has high priority there",
    Priority.LOW: "it has low priority there",
    Trust.STRONG: "they trust you",
    Trust.NONE: "they don't know you yet",
}

_BECAUSE = {
    Because.NAMED: "the day you named",
    Because.CHECK_IN: "a check-in within the week",
    Because.REST: "after a rest of {count} weeks: two pings had no answer",
    Because.TALKING: "{count} working days on, as you are talking",
    Because.MY_TURN: "as it is your turn",
    Because.CALL_BACK: "as they asked",
    Because.OPPORTUNITY: "as a new opportunity should not wait",
    Because.AGREED: "the day you agreed on",
    Because.SNOOZED: "the day you chose",
    Because.REOPENED: "as you took it up again",
    Because.THANKS: "to thank them for referring you",
}

_STEP = {
    Because.THANKS: "A thank-you",
    Because.TALKING: "You are talking: the next ping",
    Because.MY_TURN: "Your turn",
    Because.CALL_BACK: "They asked you to call back",
    Because.AGREED: "The day you agreed on",
    Because.OPPORTUNITY: "A new opportunity",
    Because.REOPENED: "You took it up again: a fresh start",
}

CLOSED = {
    CloseReason.DISMISSED: "they dismissed you",
    CloseReason.NOT_INTERESTED: "you are not interested any more",
    CloseReason.LANDED: "you landed a job",
    CloseReason.MISTAKE: "it was added by mistake",
}


def why_words(position: Position) -> str:
    """The reason for the due day, as the second half of a sentence."""
    why = position.why
    words = _because(why, position.terms)
    if _after_a_pause(position):
        return "a check-in, as soon as your pause allows it"
    if why.spaced:
        return f"{words}, 2 working days after your last ping to them"
    if why.moved:
        return f"{words}, moved on because no ping falls due on it"
    return words


def _after_a_pause(position: Position) -> bool:
    """A check-in is never later than 7 days, unless days in between did not count."""
    last, due = position.last_ping, position.due
    is_check_in = position.why.because is Because.CHECK_IN and not position.why.spaced
    return bool(is_check_in and last and due and (due - last).days > WEEK)


def _because(why: Why, terms: Terms) -> str:
    if why.because is Because.FIRST_WAIT:
        return _first_wait(why.count, terms)
    return _BECAUSE[why.because].format(count=why.count)


def _first_wait(days: int, terms: Terms) -> str:
    said = [_TERMS[term] for term in (terms.urgency, terms.priority, terms.trust) if term in _TERMS]
    wait = count(days, "working day")
    reason = f"because {' and '.join(said)}" if said else "the usual first wait"
    return f"after {wait}, {reason}"


def step_words(position: Position, today: date) -> str:
    """Which ping it is, and since when: "Check-in, 6 days after your first"."""
    last = position.last_ping
    if position.step is Step.CHECK_IN and last is not None:
        which = "first" if position.cycle == 1 else "last"
        return f"Check-in, {_after(last, today)} your {which} ping"
    if position.why.because in _STEP:
        return _STEP[position.why.because]
    if last is None:
        return "First ping"
    if position.rests:
        return f"Round {position.cycle}: a fresh start, {_after(last, today)} your last ping"
    return f"Next ping, {_after(last, today)} your last one"


def quiet_words(position: Position, following: Position, today: date) -> str:
    """What the rules do if this ping goes out today and nobody answers."""
    if following.due is None:
        return ""
    day = short_date(following.due, today)
    if position.step is Step.CHECK_IN:
        return f"If quiet: round {following.cycle} on {day}."
    if following.step is Step.CHECK_IN:
        return f"If quiet: check-in {day}."
    return f"After it: next ping {day}."


def due_words(position: Position, today: date) -> str:
    """Where it stands, for a line in a list."""
    if position.closed is not None:
        return f"Closed: {CLOSED[position.closed]}"
    assert position.due is not None
    what = "Check-in" if position.step is Step.CHECK_IN else "Ping"
    if position.due < today:
        return (
            f"{what} due since {date_words(position.due, today)} ({distance(position.due, today)})"
        )
    return f"{what} due {date_words(position.due, today)} ({distance(position.due, today)})"


def _after(day: date, today: date) -> str:
    days = (today - day).days
    return f"{count(days, 'day')} after" if days > 0 else "the same day as"
