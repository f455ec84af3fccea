"""`/followup` with its subcommands and typed options, made from the requests' own declarations."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any

import discord
from discord import app_commands

from adapters.discord.callers import Interaction, caller_of
from adapters.discord.faults import report
from core.desk import Desk
from core.language import N_
from core.options import Command, Kind, Option, Request, typed_options
from core.reply import Reply, Suggestion
from core.requests import COMMANDS
from core.text import clip

NAME = "followup"
SUMMARY = N_("Follow up better than the others")
CHOICES = 25
DESCRIPTION = 100
SUGGEST_SECONDS = 2.0
"""Discord waits 3 s for completions; nothing is better than too late."""

COMPLETED = (
    Kind.WHO,
    Kind.DAY,
    Kind.ZONE,
    Kind.CLOCK,
    Kind.COMMAND,
    Kind.CHOICES,
    Kind.OPEN,
    Kind.NEW_WHO,
    Kind.ORGANIZATION,
)
"""What the desk completes while it is typed, and what comes with hints. The rest is a closed list
or a person's own words."""

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
"""Added to a server by one who may, or by anybody for themselves: then it works in every server and
conversation of theirs, and what it answers there only they see."""

Answer = Callable[[Interaction, Awaitable[Reply]], Awaitable[object]]
"""Brings the desk's reply to Discord, in time."""


def followup_group(
    desk: Desk, answer: Answer, requests: Sequence[type[Request]] = COMMANDS
) -> app_commands.Group:
    """The command group, for servers and private messages, installed by a server or a person.

    A name of two words, as "club setup", is a subcommand in a group of its own; Discord has no
    command that is called like such a group alone.
    """
    group = app_commands.Group(
        name=NAME,
        description=SUMMARY,
        allowed_installs=INSTALLS,
        allowed_contexts=CONTEXTS,
    )
    commands = [(request, request.command) for request in requests if request.command is not None]
    inner: dict[str, app_commands.Group] = {}
    for request, command in commands:
        first, _, second = command.name.partition(" ")
        if second and first not in inner:
            inner[first] = app_commands.Group(
                name=first, description=_summary(first, commands), parent=group
            )
        made = _subcommand(second or first, request, command, desk, answer)
        (inner[first] if second else group).add_command(made)
    return group


def _summary(first: str, commands: Iterable[tuple[type[Request], Command]]) -> str:
    """What stands in a group: "Club: setup, join, leave"."""
    words = [command.name.partition(" ") for _, command in commands]
    listed = ", ".join(second for name, _, second in words if name == first and second)
    return clip(f"{first.capitalize()}: {listed}", DESCRIPTION)


def _subcommand(
    name: str, request: type[Request], command: Command, desk: Desk, answer: Answer
) -> app_commands.Command[Any, ..., None]:
    options = typed_options(request)
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=name,
        description=clip(command.summary, DESCRIPTION),
        callback=_callback(request, options, desk, answer),
    )
    for option in options:
        if _completed(option):
            made.autocomplete(option.name)(_completer(request, option, desk))
    return made


def _callback(
    request: type[Request], options: tuple[Option, ...], desk: Desk, answer: Answer
) -> Callable[..., Coroutine[Any, Any, None]]:
    """A function whose signature is the options: discord.py reads the command from it."""

    async def run(interaction: Interaction, **typed: str | None) -> None:
        values = {name: text for name, text in typed.items() if text is not None}
        await answer(interaction, desk.typed(request.verb, values, caller_of(interaction)))

    first = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    parameters = [first, *(_parameter(option) for option in options)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # read by inspect
    app_commands.describe(**{option.name: _description(option) for option in options})(run)
    app_commands.choices(
        **{option.name: _choices(option) for option in options if _closed(option)}
    )(run)
    return run


def _parameter(option: Option) -> inspect.Parameter:
    """One typed option. Only `who` must be there: for the rest the desk offers a form."""
    must = option.required and option.kind is Kind.WHO
    return inspect.Parameter(
        option.name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=str if _closed(option) else app_commands.Range[str, 1, option.max_length],
        default=inspect.Parameter.empty if must else None,
    )


def _closed(option: Option) -> bool:
    return option.kind is Kind.CHOICE and 0 < len(option.choices) <= CHOICES


def _completed(option: Option) -> bool:
    if option.kind is Kind.CHOICE:
        return not _closed(option)
    return option.kind in COMPLETED or bool(option.hints)


def _description(option: Option) -> str:
    return clip(option.help or option.label, DESCRIPTION)


def _choices(option: Option) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=choice, value=choice) for choice in option.choices]


def _completer(
    request: type[Request], option: Option, desk: Desk
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        asked = desk.suggest(request.verb, option.name, current, caller_of(interaction))
        try:
            found = await asyncio.wait_for(asked, SUGGEST_SECONDS)
        except Exception as error:  # a comfort: never an error while somebody types
            report(f"no completions for {request.verb} {option.name}", error)
            return []
        return [_choice(one) for one in found if _sendable(one)][:CHOICES]

    return complete


def _sendable(suggestion: Suggestion) -> bool:
    return 0 < len(suggestion.value) <= DESCRIPTION and bool(suggestion.label.strip())


def _choice(suggestion: Suggestion) -> app_commands.Choice[str]:
    return app_commands.Choice(name=clip(suggestion.label, DESCRIPTION), value=suggestion.value)
