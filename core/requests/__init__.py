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

from core.options import Request
from core.requests.base import CHANNELS, LISTS, WEEKDAYS, Targeted
from core.requests.buttons import Another, Ask, Resume, ShowView, Unfold, Write
from core.requests.clubs import (
    Club,
    ClubAnnounce,
    ClubGoal,
    ClubGoOn,
    ClubJoin,
    ClubLeave,
    ClubSetup,
    ClubStop,
    ClubTotals,
)
from core.requests.data import (
    Calendar,
    Columns,
    Export,
    Forget,
    Import,
    Importing,
    Proof,
    RemoveProof,
    Stats,
)
from core.requests.helping import (
    BuddyAnswer,
    CloseAsk,
    ClubAsk,
    ClubBuddy,
    Endorse,
    HandOver,
    Introduce,
    MayKnow,
    Offer,
    Publish,
    SayHello,
    StayAlum,
    Tell,
    Win,
)
from core.requests.members import Help, Link, Settings, Undo
from core.requests.pursuits import Add, Close, Edit, List, Preview, Reopen, Show
from core.requests.touches import Draft, Insight, Note, Pitch, Replied, Sent, Snooze

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
    Pitch,
    Preview,
    Edit,
    Close,
    Reopen,
    Undo,
    Settings,
    Link,
    Proof,
    Win,
    Stats,
    Calendar,
    Export,
    Import,
    Club,
    ClubJoin,
    ClubGoal,
    ClubAsk,
    ClubBuddy,
    ClubLeave,
    ClubSetup,
    ClubTotals,
    ClubStop,
    Forget,
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
    RemoveProof,
    Importing,
    Columns,
    ClubAnnounce,
    ClubGoOn,
    Tell,
    Publish,
    MayKnow,
    Offer,
    HandOver,
    Endorse,
    Introduce,
    SayHello,
    BuddyAnswer,
    StayAlum,
    CloseAsk,
)
BY_VERB = {request.verb: request for request in REQUESTS}

__all__ = [
    "BY_VERB",
    "CHANNELS",
    "COMMANDS",
    "LISTS",
    "REQUESTS",
    "WEEKDAYS",
    "Add",
    "Another",
    "Ask",
    "BuddyAnswer",
    "Calendar",
    "Close",
    "CloseAsk",
    "Club",
    "ClubAnnounce",
    "ClubAsk",
    "ClubBuddy",
    "ClubGoOn",
    "ClubGoal",
    "ClubJoin",
    "ClubLeave",
    "ClubSetup",
    "ClubStop",
    "ClubTotals",
    "Columns",
    "Draft",
    "Edit",
    "Endorse",
    "Export",
    "Forget",
    "HandOver",
    "Help",
    "Import",
    "Importing",
    "Insight",
    "Introduce",
    "Link",
    "List",
    "MayKnow",
    "Note",
    "Offer",
    "Pitch",
    "Preview",
    "Proof",
    "Publish",
    "RemoveProof",
    "Reopen",
    "Replied",
    "Resume",
    "SayHello",
    "Sent",
    "Settings",
    "Show",
    "ShowView",
    "Snooze",
    "Stats",
    "StayAlum",
    "Targeted",
    "Tell",
    "Undo",
    "Unfold",
    "Win",
    "Write",
]
