"""Several members at one playground: each sees and presses only what is their own."""

from __future__ import annotations

import pytest

from core.reply import File, Reply
from tests.test_web_forms import FORM
from tests.test_web_kit import Served, browser, digest, serving, text_of


async def test_private_messages_and_answers_are_for_one_member_alone() -> None:
    async with serving() as it:
        it.desk.replies["list"] = Reply(digest())
        await it.post("/say", pane="private", text="list")
        await it.post("/say", pane="channel", text="/followup show Dana")
        page = text_of(await it.post("/members", name="Robin"))
        assert "You are Robin" in page
        assert "Dana" not in page.replace("/followup add Dana Lee", "")
        assert "Heard" not in page


@pytest.mark.parametrize("on", ["2", "999", "-1", "x", "9" * 30, "²"])
async def test_nobody_presses_a_button_of_somebody_else(on: str) -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text="list")
        await it.post("/members", name="Robin")
        calls = len(it.desk.calls)
        assert await it.status("/press", it.origin, press=f"{on} sent:t=41") == 404
        assert await it.status("/form/x", it.origin, token="sent:t=41", on=on) == 404
        assert len(it.desk.calls) == calls


async def test_a_form_of_somebody_else_is_not_shown() -> None:
    async with serving() as it:
        it.desk.replies["sent"] = Reply(form=FORM)
        page = await it.post("/say", pane="private", text="sent")
        address = page.split('action="/form/')[1].split('"')[0]
        await it.post("/members", name="Robin")
        assert "aria-modal" not in await it.page(f"/form/{address}")


async def test_two_browsers_are_two_members() -> None:
    async with serving() as it, browser() as other:
        async with other.post(
            f"{it.url}/members", data={"name": "Robin"}, headers=it.origin
        ) as response:
            assert "You are Robin" in text_of(await response.text())
        assert "You are You" in text_of(await it.page())


async def test_the_same_name_is_the_same_member() -> None:
    async with serving() as it:
        await it.post("/members", name="  Robin   Gray ")
        await it.post("/say", pane="private", text="list")
        await it.post("/members", member="you")
        page = await it.post("/members", name="robin gray")
        assert "You are Robin Gray" in text_of(page)
        assert "Heard list" in page
        assert page.count('name="member"') == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
async def test_a_name_that_is_none_is_refused(name: str) -> None:
    async with serving() as it:
        page = await it.post("/members", name=name)
        assert "Type a name of 1 to 40 characters" in text_of(page)
        assert page.count('name="member"') == 1


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "שלום", "🦆", "\u202eRobin"])
async def test_a_hostile_name_is_only_a_name(name: str) -> None:
    async with serving() as it:
        page = await it.post("/members", name=name)
        assert f"You are {name}" in text_of(page)
        assert "<img" not in page


async def test_a_page_of_another_member_in_a_second_tab_sends_nothing() -> None:
    async with serving() as it:
        await it.post("/members", name="Robin")
        assert await it.status("/say", it.origin, me="you", text="/followup list") == 409
        assert it.desk.calls == []


async def test_a_cookie_of_nobody_is_the_first_member() -> None:
    async with serving() as it:
        it.http.cookie_jar.update_cookies({"squeaky_member": "nobody"})
        assert "You are You" in text_of(await it.page())


async def given(it: Served, file: str) -> int:
    """The status of asking for a file."""
    async with it.http.get(f"{it.url}/file/{file}") as response:
        return response.status


async def test_a_file_of_somebody_else_is_not_given() -> None:
    async with serving() as it:
        file = File("squeaky.csv", "text/csv", b"Dana Lee")
        it.desk.replies["export"] = Reply(digest(), files=(file,))
        page = await it.post("/say", pane="private", text="export")
        address = page.split('href="/file/')[1].split('"')[0]
        assert await it.page(f"/file/{address}") == "Dana Lee"
        await it.post("/members", name="Robin")
        assert await given(it, address) == 404
        assert await given(it, "none") == 404


async def test_who_is_forgotten_leaves_nothing_on_the_page() -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text="list")
        await it.post("/say", pane="channel", text="hello everybody")
        file = File("squeaky.csv", "text/csv", b"Dana Lee")
        it.desk.replies["export"] = Reply(digest(), files=(file,))
        page = await it.post("/say", pane="private", text="export")
        address = page.split('href="/file/')[1].split('"')[0]
        it.desk.replies["forget me"] = Reply(digest(), forgotten=True)
        page = text_of(await it.post("/say", pane="private", text="forget me"))
        assert "Heard list" not in page
        assert "hello everybody" not in page
        assert await given(it, address) == 404
