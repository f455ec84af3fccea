"""Installing the bot: what may go wrong on the way to Slack and back, and what could be tried."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from random import Random
from urllib.parse import unquote

import aiohttp
import pytest
from sqlalchemy import func, select
from yarl import URL

from adapters.slack.client import new_session
from adapters.slack.not_installed import REASONS
from adapters.web.site import WHY
from core.installations import STATE_GOOD_FOR, Installations
from core.store.database import Store
from core.store.sealing import Keys
from core.store.tables import InstallationRow
from core.store.upgrade import upgrade
from tests.people import MONDAY, TestClock
from tests.stages.slack_town import KEY, Town, Visitor, state_of, town_of


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(f"sqlite:///{tmp_path / 'one.sqlite3'}", clean=False) as town:
        yield town


@pytest.fixture(autouse=True)
def no_secret_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    for part in ("adapters", "bot", "core", "slack_bolt", "slack_sdk", "aiohttp"):
        caplog.set_level(logging.DEBUG, part)
    yield
    for record in caplog.get_records("call"):
        if record.name.startswith(("adapters", "bot", "core", "slack")):
            said = record.getMessage()
            assert not any(secret in said for secret in ("code-T", "sq1.", "xox", "client-secret"))


async def installed(town: Town) -> int:
    async with town.bot.store.reading() as session:
        return await session.scalar(select(func.count()).select_from(InstallationRow)) or 0


async def refused(town: Town, visitor: Visitor, address: str, reason: str) -> None:
    """The address leads to the page with that reason, which tells nothing else; none is kept."""
    status, page, _ = await visitor.open(address)
    assert status == REASONS[reason]
    assert WHY[reason] in unescape(page)
    assert "code-" not in page
    assert "sq1." not in page
    assert await installed(town) == 0


def test_each_reason_has_a_sentence() -> None:
    assert set(WHY) == set(REASONS)
    assert "10 minutes" in WHY["expired"]
    assert timedelta(minutes=10) == STATE_GOOD_FOR


async def test_a_state_that_is_forged_missing_or_of_another_browser(town: Town) -> None:
    async with Visitor() as visitor, Visitor() as other:
        back = await town.back_from_slack(visitor)
        state = state_of(back)
        await refused(town, other, back, "other_browser")
        await refused(town, visitor, back.replace("state=", "st="), "other_browser")
        soon = int((town.bot.clock.now() + timedelta(minutes=5)).timestamp())
        plain = (f"{soon}-abc", f"{soon}%20abc", f"sq1..{soon}%20abc", f"sq1.{soon}%20abc")
        for forged in (*plain, state[:-2] + "AA", state[:13], "sq1.", "x", state.swapcase()):
            address = f"{town.url}/slack/oauth_redirect?code=code-T1-1&state={forged}"
            cookie = {"Cookie": f"squeaky-install={unquote(forged)}"}
            async with (
                aiohttp.ClientSession(headers=cookie) as session,
                session.get(URL(address, encoded=True)) as answer,
            ):
                assert answer.status == REASONS["expired"]
                assert WHY["expired"] in await answer.text(), forged
        assert await installed(town) == 0
        await refused(town, visitor, f"{town.url}/slack/oauth_redirect", "other_browser")


async def test_a_state_is_good_once_and_for_10_minutes(town: Town) -> None:
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        cookies = {one.key: one.value for one in visitor.session.cookie_jar}
        town.bot.clock.move_to(MONDAY + STATE_GOOD_FOR + timedelta(seconds=5))
        await refused(town, visitor, back, "expired")
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        cookies = {one.key: one.value for one in visitor.session.cookie_jar}
        first, again = await asyncio.gather(*(_with(cookies, back) for _ in range(2)))
        assert sorted([first, again]) == [303, REASONS["expired"]]
        assert await _with(cookies, back) == REASONS["expired"]
    assert await installed(town) == 1


async def _with(cookies: dict[str, str], address: str) -> int:
    async with (
        aiohttp.ClientSession(cookies=cookies) as session,
        session.get(address, allow_redirects=False) as answer,
    ):
        return answer.status


async def test_queries_that_no_browser_sends_are_refused_with_a_page(town: Town) -> None:
    chance = Random(11)
    names = ("code", "state", "error", "done", "team", "x", "%00", "state[]", "\udcff")
    parts = (
        "%00",
        "%ff",
        "=",
        "&",
        "%0d%0aSet-Cookie:x",
        "sq1.",
        "<i>",
        "\U0001f994",
        "9" * 40,
        " ",
    )
    async with Visitor() as visitor:
        for turn in range(300):
            if turn % 50 == 0:
                state = state_of(await town.back_from_slack(visitor))
            made = "".join(chance.choice((*parts, state)) for _ in range(chance.randrange(6)))
            name = chance.choice(names).encode("utf-8", "replace").decode()
            path = chance.choice(("install", "oauth_redirect", "installed"))
            status, text, there = await visitor.open(f"{town.url}/slack/{path}?{name}={made}")
            assert status in (200, 302, 303, 400), (status, path, name, made)
            assert status in (302, 303) or text.startswith("<!doctype html>")
            assert not there or there == "/" or there.startswith(town.slack.url)
    assert await installed(town) == 0


async def test_nobody_makes_a_page_that_says_it_is_done(town: Town) -> None:
    async with Visitor() as visitor:
        state = state_of(await town.back_from_slack(visitor))
        for made_up in ("", "T1 A1 <b>Job club</b>", state, "sq1..T1 A1 Job club"):
            address = str(URL(f"{town.url}/slack/installed") % {"done": made_up})
            assert await visitor.open(address) == (303, "", "/")


async def test_who_cancels_reads_that_nothing_happened(town: Town) -> None:
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        cancelled = f"{town.url}/slack/oauth_redirect?error=access_denied&state={state_of(back)}"
        await refused(town, visitor, cancelled, "cancelled")
        odd = f"{town.url}/slack/oauth_redirect?error=<script>alert(1)</script>"
        await refused(town, visitor, odd, "refused")
        assert "<script" not in (await visitor.open(odd))[1]


async def test_a_code_that_slack_does_not_take(town: Town) -> None:
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        await refused(town, visitor, back.replace("code=", "c="), "no_code")
    async with Visitor() as visitor:
        state = state_of(await town.back_from_slack(visitor))
        made_up = f"{town.url}/slack/oauth_redirect?code=made-up&state={state}"
        await refused(town, visitor, made_up, "refused")
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        town.server("T1").faults.next("oauth.v2.access", "error", error="bad_client_secret")
        await refused(town, visitor, back, "misconfigured")


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
@pytest.mark.parametrize("fault", ["500", "502", "429", "drop-after-store"])
async def test_slack_is_down(town: Town, fault: str, method: str) -> None:
    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        town.server("T1").faults.next(method, fault)
        await refused(town, visitor, back, "slack_down")
    assert "Squeaky is in Job club" in await town.install("T1")


async def test_slack_is_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.service.new_session", lambda: new_session(1))
    async with town_of(f"sqlite:///{tmp_path / 'one.sqlite3'}", clean=False) as town:
        async with Visitor() as visitor:
            back = await town.back_from_slack(visitor)
            town.server("T1").faults.next("oauth.v2.access", "delay", seconds=1.5)
            await refused(town, visitor, back, "slack_down")
        assert "Squeaky is in Job club" in await town.install("T1")


async def test_a_whole_organization_is_refused_and_its_token_given_back(town: Town) -> None:
    oauth = town.server("T1").oauth
    oauth.in_organization = True
    async with Visitor() as visitor:
        await refused(town, visitor, await town.back_from_slack(visitor), "organization")
    assert town.server("T1").world.teams["T1"].tokens == {}
    town.server("T1").faults.next("auth.revoke", "error", error="not_authed")
    async with Visitor() as visitor:
        await refused(town, visitor, await town.back_from_slack(visitor), "organization")
    oauth.in_organization = False
    assert "Squeaky is in Job club" in await town.install("T1")


async def test_what_cannot_be_written_down_is_said(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("away")

    async with Visitor() as visitor:
        back = await town.back_from_slack(visitor)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Installations, "save", away)
            await refused(town, visitor, back, "not_kept")
    assert "Squeaky is in Job club" in await town.install("T1")


async def test_every_answer_has_strict_headers(town: Town) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/privacy", "/slack/install", "/slack/oauth_redirect?code=x", "/nothing"):
            async with session.get(f"{town.url}{path}", allow_redirects=False) as answer:
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["Cache-Control"] == "no-store"
                cookie = answer.headers.get("Set-Cookie", "")
                assert not cookie or ("HttpOnly" in cookie and "SameSite=Lax" in cookie), cookie
        async with session.get(f"{town.url}/slack/install?team=T1%0d%0aX:1") as answer:
            assert "team" not in str(answer.url)
        async with session.post(f"{town.url}/slack/install") as answer:
            assert answer.status == 405


async def test_without_keys_no_token_is_kept(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    with pytest.raises(ValueError, match="unsealed"):
        Installations(store, TestClock().now, "1.2")
    await store.close()


async def test_a_state_of_one_process_is_good_in_another(database_url: str) -> None:
    stores = [Store(database_url, keys=Keys(KEY)) for _ in range(2)]
    await upgrade(stores[0])
    here, there = (Installations(store, TestClock().now, "1.2") for store in stores)
    try:
        state = here.new_state()
        used = await asyncio.gather(*(one.use_state(state) for one in (here, there) * 4))
        assert sorted(used) == [False] * 7 + [True]
    finally:
        for store in stores:
            await store.close()
