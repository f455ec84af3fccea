"""What people ask about their own data: proof of what they can do, and forgetting all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.proofs import HOW_LIMIT, PROOF_LIMIT, WHO_LIMIT
from core.options import Command, Kind, Request, option
from core.requests.base import NOTE_LIMIT, YES_NO


@dataclass(frozen=True)
class Proof(Request):
    """Show achievements and endorsements, or keep one.

    `item` is the one to change, 0 for a new one; `filled` says that it comes from the form.
    """

    verb: ClassVar[str] = "proof"
    command: ClassVar[Command] = Command(
        "proof",
        "Your achievements and endorsements, for drafts and pitches",
        (
            "",
            "Cut the weekly report from 3 days to 2 hours",
            "She finds the waste nobody sees, by: Kim Sato, knows: my manager at Initech",
        ),
        title="Proof",
    )
    text: str = option(
        "What",
        "What you achieved, with a number; or what somebody said of you",
        Kind.LONG,
        rest=True,
        max_length=PROOF_LIMIT,
    )
    by: str = option("Said by", "For an endorsement: who said it", max_length=WHO_LIMIT)
    knows: str = option(
        "How they know you", "My manager at Initech, a client", max_length=HOW_LIMIT
    )
    named: str = option(
        "May be named",
        "Whether they agreed to be named: without a yes they never are",
        Kind.CHOICE,
        choices=YES_NO,
    )
    item: int = 0
    filled: bool = False
    view: str = ""


@dataclass(frozen=True)
class RemoveProof(Request):
    """Remove one achievement or endorsement."""

    verb: ClassVar[str] = "unproof"
    item: int = 0
    view: str = ""


@dataclass(frozen=True)
class Forget(Request):
    """Erase everything about the member: a question at first, and with `sure` its answer."""

    verb: ClassVar[str] = "forget"
    command: ClassVar[Command] = Command(
        "forget", "Erase everything that I know of you, after one question", ("me",)
    )
    what: str = option("What", "Write me: all that is yours goes", rest=True, max_length=80)
    sure: bool = False


@dataclass(frozen=True)
class Export(Request):
    """Everything in files that the member keeps."""

    verb: ClassVar[str] = "export"
    command: ClassVar[Command] = Command("data export", "All your data as files: CSV and JSON")


@dataclass(frozen=True)
class Calendar(Request):
    """The coming due days as a file for the member's calendar."""

    verb: ClassVar[str] = "calendar"
    command: ClassVar[Command] = Command(
        "calendar", "Your coming due days as a file for your calendar"
    )


@dataclass(frozen=True)
class Stats(Request):
    """Pings made against due, and what was answered."""

    verb: ClassVar[str] = "stats"
    command: ClassVar[Command] = Command("stats", "Looking back: what you sent and what came of it")


@dataclass(frozen=True)
class Import(Request):
    """A list from a spreadsheet or another tool, or an export of ours."""

    verb: ClassVar[str] = "import"
    command: ClassVar[Command] = Command(
        "data import",
        "Bring your list from a spreadsheet or another tracker",
        title="Import",
        submit="Read it",
    )
    file: str = option(
        "File",
        "CSV, 2 MB and 5,000 rows at most. I show what I understood before anything is saved",
        Kind.FILE,
        required=True,
        form_only=True,
    )


@dataclass(frozen=True)
class Importing(Request):
    """A button on what was read of a file. `do` is save, go, cancel, status or others."""

    verb: ClassVar[str] = "importing"
    kept: int = 0
    do: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Columns(Request):
    """What stands in which column of a file. Only its form makes one."""

    verb: ClassVar[str] = "columns"
    command: ClassVar[Command] = Command("columns", "What stands in which column", title="Columns")
    columns: str = option(
        "Columns",
        "After each equals sign: name, last name, organization, role, date applied, status, "
        "contact, link, note or leave out",
        Kind.LONG,
        required=True,
        max_length=NOTE_LIMIT,
    )
    kept: int = 0
