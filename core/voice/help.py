"""Help: short, with examples that can be copied, all from the declarations."""

from __future__ import annotations

from core.language import N_, tr
from core.options import Kind, Option, Request, typed_options
from core.reply import Actions, Block, Button, Heading, Message, Paragraph
from core.requests import COMMANDS, Add, Help, List
from core.text import Text, say
from core.tokens import token
from core.voice.words import word

ALL = "all"
"""The topic that is all commands, also for somebody whose list is empty."""
INTRO = N_(
    "I remind you when to follow up, and with whom. You write to people; I never do. "
    "Only you see what you type here."
)


def help_message(kind: type[Request] | None) -> Message:
    """How one command works, or all of them in a line each."""
    return _one(kind) if kind and kind.command else _all()


def group_message(first: str) -> Message:
    """The commands whose first word is that one."""
    back = Actions((_back(),))
    blocks = (Heading(f"/followup {first}"), Paragraph(tuple(_lines(first))), back)
    return Message(blocks)


def _lines(first: str = "") -> list[Text]:
    """A line for each command, or for each of those with this first word."""
    return [
        say("`/followup {name}`  {summary}", name=command.name, summary=tr(command.summary))
        for kind in COMMANDS
        if (command := kind.command) and first in ("", command.name.split()[0])
    ]


def _all() -> Message:
    begin = say("To begin: `/followup add Dana Lee @ Acme re: data PM, email, in 3 days`")
    buttons = (
        Button(tr("Add somebody"), token(Add())),
        Button(tr("My list"), token(List(show="open"))),
    )
    return Message(
        (
            Heading("Squeaky"),
            Paragraph((say(INTRO), begin)),
            Paragraph(tuple(_lines())),
            Actions(buttons),
        )
    )


def _back() -> Button:
    return Button(tr("All commands"), token(Help(topic=ALL)))


def _one(kind: type[Request]) -> Message:
    command = kind.command
    assert command is not None
    examples = [
        say("`{line}`", line=f"/followup {command.name} {example}".rstrip())
        for example in command.examples
    ]
    options = [_option(spec) for spec in typed_options(kind)]
    blocks: list[Block] = [
        Heading(f"/followup {command.name}"),
        Paragraph((say("{s}.", s=tr(command.summary)),)),
    ]
    if options:
        blocks.append(Paragraph(tuple(options)))
    if examples:
        blocks.append(Paragraph((say("**Examples**"), *examples)))
    return Message((*blocks, Actions((_back(),))))


def _option(spec: Option) -> Text:
    several = spec.kind in (Kind.CHOICE, Kind.CHOICES)
    if not several:
        return say("**{name}**  {help}", name=spec.name, help=tr(spec.help))
    choices = ", ".join(map(word, spec.choices))
    return say("**{name}**  {help}: {choices}", name=spec.name, help=tr(spec.help), choices=choices)
