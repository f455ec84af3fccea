"""People who wait for an answer go before work that can wait; and that work is not starved."""

from __future__ import annotations

import asyncio

import pytest

from core import precedence as module
from core.precedence import Precedence


async def test_nobody_is_waited_for_when_nobody_waits() -> None:
    await asyncio.wait_for(Precedence().give_way(), 0.05)


async def test_who_waits_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 10.0)
    precedence, order = Precedence(), []

    async def person(name: str, seconds: float) -> None:
        with precedence.ahead():
            await asyncio.sleep(seconds)
            order.append(name)

    async def work() -> None:
        await precedence.give_way()
        order.append("work")

    await asyncio.gather(person("ann", 0.1), person("bob", 0.05), work())
    assert order == ["bob", "ann", "work"]


async def test_a_request_that_failed_holds_nothing_up() -> None:
    precedence = Precedence()
    with pytest.raises(RuntimeError), precedence.ahead():
        raise RuntimeError
    await asyncio.wait_for(precedence.give_way(), 0.05)


async def test_under_a_constant_rush_work_goes_on() -> None:
    precedence = Precedence()
    with precedence.ahead():
        await asyncio.wait_for(precedence.give_way(), 5.0)


async def test_it_is_lively_while_somebody_waits_and_a_while_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LIVELY", 0.1)
    precedence = Precedence()
    seen = [precedence.is_lively]
    with precedence.ahead():
        await asyncio.sleep(0.2)
        seen.append(precedence.is_lively)
    seen.append(precedence.is_lively)
    await asyncio.sleep(0.2)
    seen.append(precedence.is_lively)
    assert seen == [False, True, True, False]
