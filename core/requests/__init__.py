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
from core.requests.members import Help, Settings, Undo
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
    Proof,
    Stats,
    Calendar,
    Export,
    Import,
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
    "Calendar",
    "Close",
    "Columns",
    "Draft",
    "Edit",
    "Export",
    "Forget",
    "Help",
    "Import",
    "Importing",
    "Insight",
    "List",
    "Note",
    "Pitch",
    "Preview",
    "Proof",
    "RemoveProof",
    "Reopen",
    "Replied",
    "Resume",
    "Sent",
    "Settings",
    "Show",
    "ShowView",
    "Snooze",
    "Stats",
    "Targeted",
    "Undo",
    "Unfold",
    "Write",
]
