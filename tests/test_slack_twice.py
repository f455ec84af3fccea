"""What arrives twice, at one process or at two, has one effect and one answer."""

from __future__ import annotations

import asyncio

import pytest

from core.store.tables import FollowUpRow, MemberRow, TouchRow
from tests.stages.slack_pair import pair

ADD = "add Robin Patel @ Acme"


@pytest.mark.parametrize("processes", [1, 2])
async def test_an_envelope_that_comes_twice(database_url: str, processes: int) -> None:
    async with pair(database_url, processes=processes) as p:
        p.server.delivering.send_twice()
        await p.dana.slash("/followup", ADD)
        await p.answered(processes)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_form_that_comes_to_both(database_url: str) -> None:
    async with pair(database_url) as p:
        form = await (await p.dana.slash("/followup", "add")).opened()
        p.server.delivering.send_twice()
        await p.dana.submit(form, {form.labels[0]: "Robin Patel @ Acme"})
        await p.answered(3)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_signed_request_that_is_replayed_to_the_same_process_and_to_another(
    database_url: str,
) -> None:
    async with pair(database_url, http=True) as p:
        command = p.server.payloads.slash(p.dana.user, "/followup", ADD, p.dana.dm)
        here, elsewhere = p.urls
        assert await p.http.send(command, to=[here, here]) == [200, 200]
        await p.answered(1)
        assert await p.http.send(command, to=[elsewhere], age=240) == [200]
        await p.answered(2)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_request_that_reaches_both_processes_at_once(database_url: str) -> None:
    async with pair(database_url, http=True) as p:
        command = p.server.payloads.slash(p.dana.user, "/followup", ADD, p.dana.dm)
        both = await asyncio.gather(*(p.http.send(command, to=[url]) for url in p.urls))
        assert both == [[200], [200]]
        await p.answered(2)
        assert await p.count(MemberRow) == 1
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_button_that_is_tapped_twice(database_url: str) -> None:
    async with pair(database_url) as p:
        await (await p.dana.slash("/followup", f"{ADD}, today")).wait_for("Robin")
        card = await (await p.dana.slash("/followup", "show Robin")).wait_for("Robin")
        await asyncio.gather(*(p.dana.press(card, "Sent") for _ in range(2)))
        await p.answered(4)
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1
