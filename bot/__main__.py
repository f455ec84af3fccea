"""The command line: `python -m bot [COMMAND]`; without one, the bot runs."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from adapters.slack.manifest import manifest
from bot import backup, copying, sealing
from bot.check import check
from bot.day import country, day_said, iso_day
from bot.deliveries import add_parser, deliveries
from bot.http import PortTakenError
from bot.logs import crashed, set_up_logs
from bot.roles import EVERYTHING, Role, require, roles_named
from bot.run import DatabaseError, run
from bot.settings import BadSettings, Settings, read_settings

BAD_SETTINGS = 2
CUT_OFF = 130
"""What a shell calls a command that Ctrl-C ended."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 something wrong, 2 bad settings, usage or day."""
    parsed = _parser().parse_args(arguments)
    if parsed.command == "manifest":
        if parsed.many and not parsed.url:
            print("--many needs --url: Slack sends who installs it back there", file=sys.stderr)
            return BAD_SETTINGS
        made = manifest(parsed.socket or not parsed.url, parsed.url, many=parsed.many)
        print(json.dumps(made, indent=2))
        return 0
    if parsed.command == "key":
        print(sealing.new_key())
        return 0
    if parsed.command == "day":
        said, code = day_said(
            " ".join(parsed.words),
            parsed.today,
            locale=parsed.locale,
            country=parsed.country,
            past=parsed.past,
        )
        print(said)
        return code
    try:
        settings = read_settings()
        set_up_logs(settings)
        sys.excepthook = crashed
        require(settings, parsed.only)
        return _done(parsed, settings)
    except (BadSettings, PortTakenError, DatabaseError) as error:
        print(f"Squeaky can't start.\n{error}", file=sys.stderr)
        return BAD_SETTINGS
    except KeyboardInterrupt:
        return CUT_OFF if parsed.command in ("backup", "restore", "copy", "reseal") else 0


def _done(parsed: argparse.Namespace, settings: Settings) -> int:
    """Do what needs the settings; its exit code."""
    if parsed.command == "deliveries":
        options = parsed.state, parsed.limit, parsed.retry, parsed.retry_all
        return asyncio.run(deliveries(settings, *options))
    if parsed.command == "check":
        return asyncio.run(check(settings))
    if parsed.command == "copy":
        return asyncio.run(
            copying.copy(parsed.source, parsed.target, live=parsed.live, keys=settings.keys)
        )
    if parsed.command in ("backup", "restore"):
        return backup.done(settings, parsed)
    if parsed.command == "reseal":
        return asyncio.run(sealing.reseal(settings, plain=parsed.plain))
    return asyncio.run(run(settings, parsed.only))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Polite, persistent pings.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    runs = commands.add_parser("run", help="run the bot (the default)")
    for where, default in ((parser, EVERYTHING), (runs, argparse.SUPPRESS)):
        where.add_argument(
            "--only",
            type=_roles,
            default=default,
            metavar="ROLES",
            help=f"what this process does, some of {','.join(Role)}; the default is all",
        )
    commands.add_parser("check", help="say what can be reached and what is missing")
    add_parser(commands)
    backup.add_parsers(commands)
    copying.add_parser(commands)
    sealing.add_parsers(commands)
    _day_parser(commands.add_parser("day", help="print the day that words mean"))
    made = commands.add_parser("manifest", help="print what a platform wants to know of the bot")
    made.add_argument("platform", choices=["slack"])
    made.add_argument("--url", help="the public address, for HTTP instead of Socket Mode")
    made.add_argument(
        "--many", action="store_true", help="for an app that many workspaces install; needs --url"
    )
    made.add_argument("--socket", action="store_true", help="Socket Mode, also with --url")
    return parser


def _roles(text: str) -> frozenset[Role]:
    try:
        return roles_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day_parser(day: argparse.ArgumentParser) -> None:
    day.add_argument("words", nargs="+", help="such as: next friday")
    day.add_argument("--today", type=iso_day, help="what to read it against, as 2026-11-23")
    day.add_argument("--locale", default="", help="as en-US: which of 4/5 is the month")
    day.add_argument("--country", default="", type=country, help="whose holidays count, as US")
    day.add_argument("--past", action="store_true", help="a day that already was is meant")


if __name__ == "__main__":
    sys.exit(main())
