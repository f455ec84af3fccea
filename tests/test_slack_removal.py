"""The app removed from a workspace and installed again, as Slack tells it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.caller import Platform
from core.departures import Departures
from core.store.tables import AccountRow, MemberRow
from tests.loopback.slack import Person, SlackServer
from tests.people import MONDAY, Office
from tests.stages.slack_bench import SECRET, service_for, serving

UNINSTALLED = {"type": "app_uninstalled"}
BOT_REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOTT1"]}}
USER_REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.team()
        yield server
        server.assert_clean()


@pytest.fixture
async def dana(server: SlackServer) -> Person:
    return server.user("U1", "dana", tz="Europe/Berlin")


@asynccontextmanager
async def running(
    server: SlackServer, office: Office, departures: Departures | None = None, *, http: bool = False
) -> AsyncIterator[None]:
    """The Slack side of the bot, from its start to its stop."""
    departures = departures or Departures(office.store, office.clock.now)
    service = service_for(server, office.desk, departures=departures, http=http)
    await service.start()
    try:
        async with serving(service) as url:
            if http:
                server.use_http(f"{url}/slack/events", SECRET)
            else:
                await server.connected()
            yield
    finally:
        await service.stop()


async def enrolled(dana: Person) -> None:
    await (await dana.slash("/followup", "add Robin Patel @ Acme, tomorrow")).wait_for("Robin")


async def left_at(office: Office) -> datetime | None:
    """When the only account was left."""
    async with office.store.reading() as session:
        return (await session.scalars(select(AccountRow.left_at))).one()


async def until(office: Office, done: Callable[[datetime | None], bool]) -> None:
    """Wait for the mark of the only account."""
    async with asyncio.timeout(10):
        while not done(await left_at(office)):  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(0.01)


def is_marked(mark: datetime | None) -> bool:
    return mark is not None


def is_clear(mark: datetime | None) -> bool:
    return mark is None


@pytest.mark.parametrize("http", [False, True])
async def test_the_account_is_marked_when_the_app_is_removed(
    server: SlackServer, office: Office, dana: Person, http: bool
) -> None:
    async with running(server, office, http=http):
        await enrolled(dana)
        await server.uninstall()
        await until(office, is_marked)
        assert await left_at(office) == MONDAY


@pytest.mark.parametrize(
    "events", [[UNINSTALLED, BOT_REVOKED], [BOT_REVOKED, UNINSTALLED], [UNINSTALLED] * 2]
)
async def test_the_events_come_in_any_order_and_twice(
    server: SlackServer, office: Office, dana: Person, events: list[dict[str, object]]
) -> None:
    async with running(server, office):
        await enrolled(dana)
        await server.emit(events[0])
        await until(office, is_marked)
        office.clock.time += timedelta(hours=1)
        await server.emit(events[1])
        await server.settle()
    assert await left_at(office) == MONDAY


async def test_a_persons_token_is_not_ours(
    server: SlackServer, office: Office, dana: Person
) -> None:
    async with running(server, office):
        await enrolled(dana)
        await server.emit(USER_REVOKED)
        await server.emit({"type": "app_home_opened", "user": "U1", "tab": "home"})
        await server.settle()
    assert await left_at(office) is None


async def test_a_removal_that_slack_repeats_after_a_new_installation_is_old_news(
    server: SlackServer, office: Office, dana: Person
) -> None:
    async with running(server, office):
        await enrolled(dana)
        wall = server.world.wall
        server.world.wall = lambda: wall() - 3600
        await server.emit(UNINSTALLED)
        await server.settle()
    assert await left_at(office) is None


class Shaky(Departures):
    """Departures whose database is away when the first removal is written down."""

    failures = 1

    async def left(self, platform: Platform, workspace: str) -> int:
        if self.failures:
            self.failures -= 1
            raise OSError("away")
        return await super().left(platform, workspace)


async def test_a_removal_is_written_down_once_the_database_is_back(
    server: SlackServer,
    office: Office,
    dana: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("adapters.slack.installation.PAUSES", (0.01, 0.01))
    async with running(server, office, Shaky(office.store, office.clock.now)):
        await enrolled(dana)
        await server.emit(UNINSTALLED)
        await until(office, is_marked)
    assert "the removal was not written down: OSError" in caplog.text


async def test_a_new_installation_lets_the_digests_go_on(
    server: SlackServer, office: Office, dana: Person
) -> None:
    departures = Departures(office.store, office.clock.now)
    async with running(server, office):
        await enrolled(dana)
        await server.uninstall()
        await until(office, is_marked)
    office.clock.time = MONDAY + timedelta(days=29)
    assert await departures.erase_old() == 0
    server.team().token_error = None
    async with running(server, office):
        await until(office, is_clear)
        office.clock.time = MONDAY + timedelta(days=31)
        assert await departures.erase_old() == 0
        await (await dana.slash("/followup", "list")).wait_for("Robin")
    async with office.store.reading() as session:
        (following,) = await session.scalars(select(MemberRow.next_digest_at))
    assert following is not None
    assert following > MONDAY + timedelta(days=29)


async def test_who_starts_after_30_days_starts_afresh(
    server: SlackServer, office: Office, dana: Person
) -> None:
    departures = Departures(office.store, office.clock.now)
    async with running(server, office):
        await enrolled(dana)
        await server.uninstall()
        await until(office, is_marked)
    office.clock.time = MONDAY + timedelta(days=31)
    assert await departures.erase_old() == 1
    server.team().token_error = None
    async with running(server, office):
        shown = await (await dana.slash("/followup", "list")).wait_for()
        assert "Robin" not in shown.text_form()
