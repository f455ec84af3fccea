"""Everything the bot can be asked. A new command is one class here, one use case and its words.

Values are what was typed, as text: a day such as "next Friday" means something only in the
member's zone, so the use case reads it. Fields without an option are for tokens alone, and no
typed text can set them:

- `target`: the follow-up's id; ownership is checked at the desk.
- `seen`: the follow-up's revision when the button was made; a press on a stale button, or a second
  tap, changes nothing and shows how things stand.
- `view`: the message that the button is on, to be shown anew in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from core.domain.words import (
    Angle,
    Channel,
    CloseReason,
    Outcome,
    Pace,
    Priority,
    Trust,
    Urgency,
)
from core.options import Command, Kind, Request, option

DIGESTS = ("daily", "weekly")
LISTS = ("due", "open", "closed", "all")
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.UNKNOWN)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
"""Days that a member may take off: nothing falls due on a weekend anyway (M6)."""

_WHO_HELP = "A name, part of one, an organization, or the number shown beside it"
_VIA_HELP = "How they like to be reached"
_ADDRESS_HELP = "A mail address, a phone number or a link"
_URGENCY_HELP = "How pressing their need is"
_PRIORITY_HELP = "How much the employer cares about it"
_TRUST_HELP = "How well you know each other"
_NOTE_LIMIT = 2500

_edited = partial(option, form_only=True, default=None)
"""A field of a form alone. None is one that the form did not show: what stands there stays."""


@dataclass(frozen=True)
class Targeted(Request):
    """A request about one follow-up, named by what was typed or by a button's id."""

    target: int = 0
    seen: int = 0
    view: str = ""


@dataclass(frozen=True)
class Add(Request):
    """Begin a follow-up."""

    verb: ClassVar[str] = "add"
    command: ClassVar[Command] = Command(
        "add",
        "Follow up with somebody",
        (
            "Dana Lee @ Acme re: data PM, email, urgent, in 3 days",
            "Dana Lee @ Acme",
            "@ Acme re: data PM",
        ),
        title="New follow-up",
        submit="Add",
    )
    who: str = option(
        "Who", "Dana Lee @ Acme, or @ Acme while there is no name", Kind.NEW_WHO, required=True
    )
    about: str = option("About", "The role or the reason", aliases=("re",), rest=True)
    via: str = option("Via", _VIA_HELP, Kind.CHOICE, choices=CHANNELS)
    when: str = option("When", "The first ping: in 3 days, Friday, 1 Dec", Kind.DAY, max_length=60)
    note: str = option("Note", "Anything to remember", Kind.LONG, max_length=_NOTE_LIMIT)
    contact: str = option("Contact", _ADDRESS_HELP, Kind.ADDRESS)
    urgency: str = option("Urgency", _URGENCY_HELP, Kind.CHOICE, choices=Urgency)
    priority: str = option("Priority", _PRIORITY_HELP, Kind.CHOICE, choices=Priority)
    trust: str = option("Trust", _TRUST_HELP, Kind.CHOICE, choices=Trust)


@dataclass(frozen=True)
class List(Request):
    """Show follow-ups, most pressing first."""

    verb: ClassVar[str] = "list"
    command: ClassVar[Command] = Command(
        "list", "Your follow-ups, most pressing first", ("due", "closed")
    )
    show: str = option("Show", "Which ones", Kind.CHOICE, choices=LISTS)


@dataclass(frozen=True)
class Show(Targeted):
    """Everything about one follow-up."""

    verb: ClassVar[str] = "show"
    command: ClassVar[Command] = Command(
        "show", "Everything about one: position, history, next dates", ("Dana", "Acme", "3")
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)


@dataclass(frozen=True)
class Sent(Targeted):
    """The member sent a ping."""

    verb: ClassVar[str] = "sent"
    command: ClassVar[Command] = Command(
        "sent",
        "You sent a ping",
        ("Dana", "Dana, idea, note: two ways to cut reporting time", "Acme, phone, yesterday"),
        title="You sent a ping",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    angle: str = option("Angle", "What it gave them", Kind.OPEN, choices=Angle, max_length=60)
    via: str = option("Via", "How it went out", Kind.CHOICE, choices=CHANNELS)
    on: str = option("On", "The day you sent it, if not today", Kind.DAY, max_length=60)
    note: str = option(
        "Note", "What you sent, in a line", Kind.LONG, max_length=_NOTE_LIMIT, rest=True
    )


@dataclass(frozen=True)
class Replied(Targeted):
    """The contact answered."""

    verb: ClassVar[str] = "replied"
    command: ClassVar[Command] = Command(
        "replied",
        "They answered you",
        (
            "Dana, talking",
            "Dana, call back, next Friday",
            "Dana, referred me, lead: Robin Patel @ Globex",
            "Acme, dismissed",
        ),
        title="They replied",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    outcome: str = option(
        "What came of it",
        "Talking, my turn, call back …",
        Kind.CHOICE,
        choices=Outcome,
        required=True,
    )
    next: str = option("Next ping", "The day you agreed on, if any", Kind.DAY, max_length=60)
    note: str = option(
        "Note", "What they said or need", Kind.LONG, max_length=_NOTE_LIMIT, rest=True
    )
    lead: str = option("Lead", "Whom they referred you to, or what is new")
    via: str = option("Via", "How they answered", Kind.CHOICE, choices=CHANNELS)
    on: str = option("On", "The day they answered, if not today", Kind.DAY, max_length=60)


@dataclass(frozen=True)
class Snooze(Targeted):
    """Put the next ping off."""

    verb: ClassVar[str] = "snooze"
    command: ClassVar[Command] = Command(
        "snooze",
        "Put the next ping off to another day",
        ("Dana, in 3 days", "Acme until: next Friday"),
        title="Another day",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    until: str = option("Until", "in 3 days, Friday, 1 Dec", Kind.DAY, required=True, max_length=60)


@dataclass(frozen=True)
class Note(Targeted):
    """Keep a note in the history."""

    verb: ClassVar[str] = "note"
    command: ClassVar[Command] = Command(
        "note",
        "Remember something about them",
        ("Dana, prefers calls before ten",),
        title="A note",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    text: str = option(
        "Text", "What to remember", Kind.LONG, required=True, rest=True, max_length=_NOTE_LIMIT
    )


@dataclass(frozen=True)
class Insight(Targeted):
    """Keep what was learned of an organization's needs."""

    verb: ClassVar[str] = "insight"
    command: ClassVar[Command] = Command(
        "insight",
        "Keep what you learned about an organization's needs",
        ("Acme, they are moving to dbt", "Dana, two people left the team"),
        title="What they need",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    text: str = option(
        "Text",
        "What they need, in a sentence",
        Kind.LONG,
        required=True,
        rest=True,
        max_length=500,
    )


@dataclass(frozen=True)
class Draft(Targeted):
    """Offer words for the next ping."""

    verb: ClassVar[str] = "draft"
    command: ClassVar[Command] = Command(
        "draft", "Words to begin the next ping with", ("Dana", "Dana, idea, email")
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    angle: str = option("Angle", "What it should give them", Kind.CHOICE, choices=Angle)
    via: str = option("Via", "How it will go out", Kind.CHOICE, choices=CHANNELS)


@dataclass(frozen=True)
class Write(Targeted):
    """A draft as the member wrote it on. Only its form makes one."""

    verb: ClassVar[str] = "write"
    command: ClassVar[Command] = Command("write", "Your own words", submit="Check it")
    subject: str = option("Subject", "For an email", max_length=150)
    text: str = option(
        "Text", "What you will send", Kind.LONG, required=True, max_length=_NOTE_LIMIT
    )
    angle: str = ""
    via: str = ""


@dataclass(frozen=True)
class Another(Targeted):
    """Pass the proposed angle over."""

    verb: ClassVar[str] = "another"
    angle: str = ""
    via: str = ""
    drafts: bool = False


@dataclass(frozen=True)
class Preview(Targeted):
    """The next dates that the rules will make, and why."""

    verb: ClassVar[str] = "preview"
    command: ClassVar[Command] = Command(
        "preview", "The next dates if it stays quiet, and why", ("Dana",)
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)


@dataclass(frozen=True)
class Edit(Targeted):
    """Change what is known. Answered by a form with today's values."""

    verb: ClassVar[str] = "edit"
    command: ClassVar[Command] = Command(
        "edit", "Change a follow-up in a form", ("Dana",), title="Edit"
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    name: str | None = _edited("Name", "Empty while you have no name", max_length=80)
    organization: str | None = _edited("Organization", "Where they work", max_length=80)
    about: str | None = _edited("About", "The role or the reason")
    via: str | None = _edited("Via", _VIA_HELP, Kind.CHOICE, choices=CHANNELS)
    contact: str | None = _edited("Contact", _ADDRESS_HELP, Kind.ADDRESS)
    urgency: str | None = _edited("Urgency", _URGENCY_HELP, Kind.CHOICE, choices=Urgency)
    priority: str | None = _edited("Priority", _PRIORITY_HELP, Kind.CHOICE, choices=Priority)
    trust: str | None = _edited("Trust", _TRUST_HELP, Kind.CHOICE, choices=Trust)
    country: str | None = _edited(
        "Country", "Whose holidays they keep, as DE or US-CA", max_length=8
    )


@dataclass(frozen=True)
class Close(Targeted):
    """Stop following up. Only a person does this."""

    verb: ClassVar[str] = "close"
    command: ClassVar[Command] = Command(
        "close",
        "Stop following up; it can be reopened",
        ("Dana, dismissed me", "Acme, not interested"),
        title="Close",
        submit="Close it",
    )
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    reason: str = option("Reason", "Why", Kind.CHOICE, choices=CloseReason, required=True)


@dataclass(frozen=True)
class Reopen(Targeted):
    """Take a closed follow-up up again."""

    verb: ClassVar[str] = "reopen"
    command: ClassVar[Command] = Command("reopen", "Take a closed one up again", ("Dana",))
    who: str = option("Who", _WHO_HELP, Kind.WHO, required=True)
    reason: str = option("Reason", "Why, for your own history", rest=True)


@dataclass(frozen=True)
class Undo(Request):
    """Take back the last change, or the one a button names."""

    verb: ClassVar[str] = "undo"
    command: ClassVar[Command] = Command("undo", "Take back your last change")
    change: int = 0
    view: str = ""


@dataclass(frozen=True)
class Settings(Request):
    """See or change how the bot treats the member."""

    verb: ClassVar[str] = "settings"
    command: ClassVar[Command] = Command(
        "settings",
        "Your time zone, digest hour, days off, pace, pause",
        ("", "zone: Europe/Berlin", "hour: 7:45, days off: Monday", "pause: 5 Jan", "pace: gentle"),
        title="Settings",
    )
    zone: str = option(
        "Time zone", "Start typing your city", Kind.ZONE, max_length=60, aliases=("time zone",)
    )
    hour: str = option(
        "Digest hour", "When your morning message comes, as 8:30", Kind.CLOCK, max_length=20
    )
    days_off: str | None = option(
        "Days off",
        "Besides the weekend: days on which nothing falls due",
        Kind.CHOICES,
        choices=WEEKDAYS,
        aliases=("days off", "off"),
        default=None,
    )
    most: str = option("Pings a day", "How many a digest shows, 1 to 10", Kind.NUMBER, max_length=2)
    pause: str | None = option(
        "Pause until",
        'A day, or "no" to go on',
        Kind.DAY,
        max_length=60,
        aliases=("pause until", "away", "away until"),
        default=None,
    )
    pace: str = option("Pace", "How often you want to be heard of", Kind.CHOICE, choices=Pace)
    digest: str = option("Digest", "How often it comes", Kind.CHOICE, choices=DIGESTS)
    name: str = option("Name", "How you sign your messages", max_length=80)
    view: str = ""


@dataclass(frozen=True)
class Help(Request):
    """How to use the bot."""

    verb: ClassVar[str] = "help"
    command: ClassVar[Command] = Command("help", "How this works", ("", "add"))
    topic: str = option("Command", "The command to explain", Kind.COMMAND, aliases=("command",))


@dataclass(frozen=True)
class Ask(Targeted):
    """A button that opens the form of another request, by its verb.

    `page` is 1 for the first fields, where a form can't hold all of them.
    """

    verb: ClassVar[str] = "ask"
    form: str = ""
    page: int = 1


@dataclass(frozen=True)
class Unfold(Targeted):
    """A menu pressed where menus can't open inside a message: show its options in place."""

    verb: ClassVar[str] = "unfold"
    menu: str = ""


@dataclass(frozen=True)
class ShowView(Request):
    """Show a message anew in its place: `d17` is digest 17, `l.open.2` a list's second page."""

    verb: ClassVar[str] = "view"
    view: str = ""


@dataclass(frozen=True)
class Resume(Request):
    """Go on with a request that was kept because something was missing or unclear.

    With `target` it runs on that follow-up; with `form` it opens again as a form, filled in; with
    `field` and `value` that one field is what was tapped.
    """

    verb: ClassVar[str] = "resume"
    kept: int = 0
    target: int = 0
    form: bool = False
    field: str = ""
    value: str = ""


COMMANDS: tuple[type[Request], ...] = (
    Add,
    List,
    Show,
    Sent,
    Replied,
    Snooze,
    Note,
    Insight,
    Draft,
    Preview,
    Edit,
    Close,
    Reopen,
    Undo,
    Settings,
    Help,
)
"""What people can type after `/followup`, in the order in which help shows them."""

REQUESTS: tuple[type[Request], ...] = (
    *COMMANDS,
    Write,
    Another,
    Ask,
    Unfold,
    ShowView,
    Resume,
)
BY_VERB = {request.verb: request for request in REQUESTS}
