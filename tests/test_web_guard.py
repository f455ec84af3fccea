"""Only pages of the playground itself may post to it, and only under its own names."""

from __future__ import annotations

import pytest

from adapters.web.guard import MOST_BYTES
from tests.test_web_kit import serving

FOREIGN = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/say", "/press", "/clock", "/members", "/form/x"])
async def test_a_post_from_elsewhere_is_refused(path: str, headers: dict[str, str]) -> None:
    async with serving() as it:
        assert await it.status(path, headers, text="/followup list", to="hour") == 403
        assert it.desk.calls == []
        assert it.clock.moves == []


async def test_a_post_from_another_site_with_our_origin_is_refused() -> None:
    async with serving() as it:
        headers = {**it.origin, "Sec-Fetch-Site": "cross-site"}
        assert await it.status("/say", headers, text="/followup list") == 403


@pytest.mark.parametrize("headers", ["Origin", "Sec-Fetch-Site"])
async def test_one_sign_of_our_own_page_is_enough(headers: str) -> None:
    async with serving() as it:
        sign = {headers: it.origin[headers]}
        assert await it.status("/say", sign, pane="private", text="list") == 303


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1:1", "localhost:1", ""]
)
async def test_a_foreign_name_gets_a_clear_refusal(host: str) -> None:
    async with serving() as it:
        for path in ("/", "/version", "/suggest"):
            async with it.http.get(it.url + path, headers={"Host": host}) as response:
                assert response.status == 403
                assert "Nothing answers under this name" in await response.text()


async def test_loopback_names_are_ours() -> None:
    async with serving() as it:
        port = it.url.rpartition(":")[2]
        for host in (f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
            async with it.http.get(it.url, headers={"Host": host}) as response:
                assert response.status == 200


async def test_every_answer_carries_the_headers() -> None:
    async with serving() as it:
        for path in ("/", "/version", "/static/base.css", "/favicon.svg", "/form/none"):
            async with it.http.get(it.url + path) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Referrer-Policy"] == "same-origin"


async def test_the_page_has_no_inline_script_or_style() -> None:
    async with serving() as it:
        page = await it.page()
        assert "<style" not in page
        assert " style=" not in page
        assert " on" not in [part[:3] for part in page.split('"')]
        assert page.count("<script") == page.count("<script src=")


async def test_a_long_post_is_refused() -> None:
    async with serving() as it:
        assert await it.status("/say", it.origin, text="x" * MOST_BYTES) == 413


async def test_only_forms_are_read() -> None:
    async with serving() as it:
        headers = {**it.origin, "Content-Type": "text/plain"}
        assert await it.status("/say", headers, text="/followup list") == 415


async def test_a_breakdown_is_a_page_that_says_so() -> None:
    async with serving() as it:
        del it.desk.replies
        async with it.http.post(
            f"{it.url}/say", data={"pane": "private", "text": "list"}, headers=it.origin
        ) as response:
            assert response.status == 500
            assert "Something broke on my side" in await response.text()


async def test_files_that_are_not_there_are_not_found() -> None:
    async with serving() as it:
        for path in ("/static/none.css", "/static/..%2fguard.py"):
            async with it.http.get(it.url + path) as response:
                assert response.status == 404
