"""Whether this computer is fit for it: its clock, its port, its time zones."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp

from bot.checks.report import Report
from bot.clock import Clock

PATIENCE = aiohttp.ClientTimeout(total=5)
TOLERANCE = timedelta(seconds=10)
"""How far the clock may be off. Less does no harm, and a head in whole seconds can't tell it."""
HALF = timedelta(seconds=0.5)
"""A `Date` header leaves out what its second has begun with."""
SOME_ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


async def clock_report(platforms: Mapping[str, str]) -> Report:
    """Compare the clock with what platforms say of the time; by name, an address of each."""
    problems, notes, reached = [], [], []
    for name, address in platforms.items():
        ahead = await _ahead_of(address)
        if ahead is None:
            notes.append(f"{name} did not tell the time.")
            continue
        reached.append(name)
        if abs(ahead) > TOLERANCE:
            way = "ahead of" if ahead > HALF else "behind"
            problems.append(
                f"This computer's clock is {_span(ahead)} {way} "
                f"{name}'s: let the network set it (timedatectl set-ntp true), or digests come at "
                "a wrong time and Slack's requests are refused."
            )
    fine = f"ok, the same as {' and '.join(reached)}" if reached else "not compared with anybody's"
    return Report("clock", tuple(problems), tuple(notes), fine)


async def _ahead_of(address: str) -> timedelta | None:
    """How far this clock is ahead of a server's; None when it doesn't tell."""
    clock = Clock()
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            before = clock.now()
            async with session.get(address, allow_redirects=False) as answer:
                told = parsedate_to_datetime(answer.headers["Date"])
            after = clock.now()
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return None
    if told.tzinfo is None:
        return None  # of no zone, it tells nothing
    return before + (after - before) / 2 - (told + HALF)


def _span(span: timedelta) -> str:
    """As 3 min 20 s, or 2 h 05 min."""
    seconds = round(abs(span).total_seconds())
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {seconds % 60:02} s" if minutes else f"{seconds} s"


async def port_report(host: str, port: int) -> Report:
    """Whether the bot could listen there, or does."""
    what = f"port {port}"
    if port == 0:
        return Report("port", fine="ok, any that is free")
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen()
    except PermissionError:
        return Report(what, ("HTTP_PORT: ports under 1024 are root's; take a higher one",))
    except socket.gaierror:
        return Report(what, (f"HTTP_HOST: {host} is no address; write 127.0.0.1 or 0.0.0.0",))
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            fix = f"HTTP_HOST: {host} is no address of this computer; write 127.0.0.1 or 0.0.0.0"
            return Report(what, (fix,))
        if await _is_bot(host, port):
            return Report(what, fine="ok, a bot runs there")
        return Report(what, (_taken(host, port, error),))
    return Report(what, fine="ok, free")


def _taken(host: str, port: int, error: OSError) -> str:
    return (
        f"HTTP_PORT: {host}:{port} can't be listened on ({error.strerror}); see what does "
        f"(ss -ltnp 'sport = :{port}') and end it, or set HTTP_PORT to another number"
    )


async def _is_bot(host: str, port: int) -> bool:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{shown}:{port}/healthz") as answer,
        ):
            return answer.status == 200 and await answer.text() == "alive\n"
    except (aiohttp.ClientError, TimeoutError, OSError, UnicodeDecodeError):
        return False


def zones_report() -> Report:
    """Whether this computer knows time zones at all."""
    missing = [zone for zone in SOME_ZONES if not is_known(zone)]
    fix = (
        f"There is no time zone data ({', '.join(missing)} not found): pip install tzdata, or the "
        "system's package of that name."
    )
    return Report("time zones", (fix,) if missing else ())


def is_known(zone: str) -> bool:
    """Whether this computer has the data of a time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
