"""Why a ping is due on its day, in words."""

from __future__ import annotations

from datetime import date

from core.domain.cadence import Because, Position, Why
from core.domain.calendar import WEEK
from core.domain.history import Terms
from core.domain.words import CloseReason, Priority, Step, Trust, Urgency
from core.language import N_, tr, trn
from core.voice.days import count, day_words, short_date
from core.voice.words import listed

_TERMS = {
    Urgency.URGENT: N_("their need is urgent"),
    Urgency.SOON: N_("they need somebody soon"),
    Urgency.RELAXED: N_("they are in no hurry"),
    Priority.HIGH: N_("it has high priority there"),
    Priority.LOW: N_("it has low priority there"),
    Trust.STRONG: N_("they trust you"),
    Trust.NONE: N_("they don't know you yet"),
}

_BECAUSE = {
    Because.NAMED: N_("the day you named"),
    Because.CHECK_IN: N_("a check-in within the week"),
    Because.REST: N_("after a rest of {count} weeks: two pings had no answer"),
    Because.TALKING: N_("{count} working days on, as you are talking"),
    Because.MY_TURN: N_("as it is your turn"),
    Because.CALL_BACK: N_("as they asked"),
    Because.OPPORTUNITY: N_("as a new opportunity should not wait"),
    Because.AGREED: N_("the day you agreed on"),
    Because.SNOOZED: N_("the day you chose"),
    Because.REOPENED: N_("as you took it up again"),
    Because.THANKS: N_("to thank them for referring you"),
}

_STEP = {
    Because.THANKS: N_("A thank-you"),
    Because.TALKING: N_("You are talking: the next ping"),
    Because.MY_TURN: N_("Your turn"),
    Because.CALL_BACK: N_("They asked you to call back"),
    Because.AGREED: N_("The day you agreed on"),
    Because.OPPORTUNITY: N_("A new opportunity"),
    Because.REOPENED: N_("You took it up again: a fresh start"),
}

_CLOSED = {
    CloseReason.DISMISSED: N_("they dismissed you"),
    CloseReason.NOT_INTERESTED: N_("you are not interested any more"),
    CloseReason.LANDED: N_("you landed a job"),
    CloseReason.MISTAKE: N_("it was added by mistake"),
}


def why_words(position: Position) -> str:
    """The reason for the due day, as the second half of a sentence."""
    why = position.why
    words = _because(why, position.terms)
    if _after_a_pause(position):
        return tr("a check-in, as soon as your pause allows it")
    if why.spaced:
        return tr("{why}, 2 working days after your last ping to them", why=words)
    if why.moved:
        return tr("{why}, moved on because no ping falls due on it", why=words)
    return words


def closed_words(reason: CloseReason) -> str:
    """Why one was closed, as the second half of a sentence."""
    return tr(_CLOSED[reason])


def _after_a_pause(position: Position) -> bool:
    """A check-in is never later than 7 days, unless days in between did not count."""
    last, due = position.last_ping, position.due
    is_check_in = position.why.because is Because.CHECK_IN and not position.why.spaced
    return bool(is_check_in and last and due and (due - last).days > WEEK)


def _because(why: Why, terms: Terms) -> str:
    if why.because is Because.FIRST_WAIT:
        return _first_wait(why.count, terms)
    return tr(_BECAUSE[why.because], count=why.count)


def _first_wait(days: int, terms: Terms) -> str:
    known = (terms.urgency, terms.priority, terms.trust)
    said = [tr(_TERMS[term]) for term in known if term in _TERMS]
    wait = count(days, "working day")
    if not said:
        return tr("after {wait}, the usual first wait", wait=wait)
    return tr("after {wait}, because {reasons}", wait=wait, reasons=listed(said))


def step_words(position: Position, today: date) -> str:
    """Which ping it is, and since when: "Check-in, 6 days after your first"."""
    last = position.last_ping
    if position.step is Step.CHECK_IN and last is not None:
        days = (today - last).days
        return _after_the_first(days) if position.cycle == 1 else _after_the_last(days)
    if position.why.because in _STEP:
        return tr(_STEP[position.why.because])
    if last is None:
        return tr("First ping")
    days = (today - last).days
    return _round(position.cycle, days) if position.rests else _next(days)


def _after_the_first(days: int) -> str:
    if days <= 0:
        return tr("Check-in, the same day as your first ping")
    return trn(
        "Check-in, {count} day after your first ping",
        "Check-in, {count} days after your first ping",
        days,
    )


def _after_the_last(days: int) -> str:
    if days <= 0:
        return tr("Check-in, the same day as your last ping")
    return trn(
        "Check-in, {count} day after your last ping",
        "Check-in, {count} days after your last ping",
        days,
    )


def _round(number: int, days: int) -> str:
    if days <= 0:
        return tr("Round {round}: a fresh start, the same day as your last ping", round=number)
    return trn(
        "Round {round}: a fresh start, {count} day after your last ping",
        "Round {round}: a fresh start, {count} days after your last ping",
        days,
        round=number,
    )


def _next(days: int) -> str:
    if days <= 0:
        return tr("Next ping, the same day as your last one")
    return trn(
        "Next ping, {count} day after your last one",
        "Next ping, {count} days after your last one",
        days,
    )


def quiet_words(position: Position, following: Position, today: date) -> str:
    """What the rules do if this ping goes out today and nobody answers."""
    if following.due is None:
        return ""
    day = short_date(following.due, today)
    if position.step is Step.CHECK_IN:
        return tr("If quiet: round {round} on {day}.", round=following.cycle, day=day)
    if following.step is Step.CHECK_IN:
        return tr("If quiet: check-in {day}.", day=day)
    return tr("After it: next ping {day}.", day=day)


def due_words(position: Position, today: date) -> str:
    """Where it stands, for a line in a list."""
    if position.closed is not None:
        return tr("Closed: {why}", why=closed_words(position.closed))
    assert position.due is not None
    day = day_words(position.due, today)
    if position.due < today:
        return tr(
            "Check-in due since {day}"
            if position.step is Step.CHECK_IN
            else "Ping due since {day}",
            day=day,
        )
    return tr("Check-in due {day}" if position.step is Step.CHECK_IN else "Ping due {day}", day=day)
