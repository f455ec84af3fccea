"""Whatever reaches the playground and the health gets an answer that is no breakdown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.playground import Playground
from bot.health import Health
from bot.http import HttpServer
from bot.metrics import Metrics
from core.caller import Platform
from core.overview import Overview
from tests.fuzzing import TYPES, Faults, client, fuzz, lines, made_up, texts, watched
from tests.people import Office
from tests.test_web_kit import SetClock


@pytest.fixture
def faults() -> Iterator[Faults]:
    yield from watched()


@dataclass
class Web:
    """The playground on a real socket, with the real desk behind it."""

    url: str
    http: ClientSession
    office: Office

    @property
    def ours(self) -> dict[str, str]:
        return {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def web(office: Office) -> AsyncIterator[Web]:
    """The playground and the health on one server, as in the process."""
    async with AsyncExitStack() as stack:
        playground = Playground(office.desk, SetClock(), None, zone="Europe/Berlin")
        overview = Overview(office.store, office.clock.now)
        server = HttpServer("127.0.0.1", 0)
        server.add(playground.routes())
        server.add(Health(overview, {Platform.WEB: lambda: True}, Metrics([Platform.WEB])).routes())
        await server.start()
        stack.push_async_callback(server.stop)
        http = await stack.enter_async_context(client())
        yield Web(server.url, http, office)


paths = st.sampled_from(["/say", "/press", "/clock", "/members", "/channels", "/form/x"])
posts = st.dictionaries(
    st.sampled_from(
        [
            "text",
            "chip",
            "press",
            "pane",
            "channel",
            "me",
            "to",
            "day",
            "name",
            "token",
            "on",
            "key",
        ]
    )
    | st.sampled_from(["f.who", "f.file", "f.when", "upload", "f.", "form"]),
    texts
    | st.sampled_from(
        ["private", "channel", "day", "week", "hour", "morning", "9999-12-31", "0001-01-01", "you"]
    )
    | lines.map(lambda line: f"/followup {line}")
    | made_up.map(lambda token: f"1 {token}")
    | made_up,
    max_size=5,
)


def encoded(post: dict[str, str]) -> bytes:
    """As a browser sends it; it has no halves of characters."""
    pairs = {name: value.encode(errors="replace") for name, value in post.items()}
    return urlencode(pairs).encode()


@fuzz(150)
@given(paths, posts)
async def test_forms_of_the_playground(
    web: Web, faults: Faults, path: str, post: dict[str, str]
) -> None:
    headers = {**web.ours, "Content-Type": "application/x-www-form-urlencoded"}
    async with web.http.post(web.url + path, data=encoded(post), headers=headers) as answer:
        said = await answer.text()
        assert answer.status < 500, said
        assert "Something went wrong on my side" not in said
    faults.none()


@fuzz(120)
@given(
    paths,
    st.binary(max_size=120)
    | posts.map(encoded)
    | st.sampled_from(
        [
            b'--x\r\nContent-Disposition: form-data; name="f.file"; filename="a"\r\n'
            b"\r\nhi\r\n--x--",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n',
            b"--x\r\n\r\nhi\r\n--x--\r\n",
            b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
            b"Content-Type: text/plain; charset=nonsense\r\n\r\nhi\r\n--x--\r\n",
            b"text=%ff%00&press=%ed%a0%80",
            b"text=\\ud800",
        ]
    ),
    st.sampled_from(TYPES),
    st.sampled_from(["", "gzip", "deflate", "br", "nonsense"]),
)
async def test_posts_that_no_browser_sends(
    web: Web, faults: Faults, path: str, body: bytes, kind: str, encoding: str
) -> None:
    headers = {**web.ours, "Content-Type": kind}
    if encoding:
        headers["Content-Encoding"] = encoding
    async with web.http.post(web.url + path, data=body, headers=headers) as answer:
        said = await answer.text()
        assert answer.status < 500, said
    faults.none()


@fuzz(150)
@given(
    st.sampled_from(
        [
            "/",
            "/form/",
            "/file/",
            "/version",
            "/suggest",
            "/static/",
            "/healthz",
            "/readyz",
            "/metrics",
            "/slack/events",
            "/nothing",
        ]
    ),
    texts,
    st.dictionaries(st.sampled_from(["pane", "channel", "notice", "text"]), texts, max_size=3),
    st.dictionaries(
        st.sampled_from(
            ["Cookie", "Accept-Language", "Origin", "Sec-Fetch-Site", "X-Forwarded-For"]
        ),
        st.text(
            st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"),
            max_size=30,
        )
        | st.sampled_from(["http://[", "squeaky_member=\xff; squeaky_zone=../x", "null"]),
        max_size=3,
    ),
)
async def test_pages(
    web: Web,
    faults: Faults,
    path: str,
    tail: str,
    query: dict[str, str],
    headers: dict[str, str],
) -> None:
    if path.endswith("/") and path != "/":
        path += urlencode({"": tail.encode(errors="replace")})[1:]
    asked = "?" + urlencode({k: v.encode(errors="replace") for k, v in query.items()})
    async with web.http.get(web.url + path + asked, headers=headers) as answer:
        said = await answer.text()
        assert answer.status < 500, said
    faults.none()


@fuzz(60)
@given(
    paths,
    st.sampled_from(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[::1]x"])
    | st.from_regex(r"[a-z0-9.\[\]:-]{0,30}", fullmatch=True),
    st.sampled_from(["cross-site", "same-site", "none", ""]),
)
async def test_nothing_gets_in_under_another_name(
    web: Web, faults: Faults, path: str, host: str, site: str
) -> None:
    port = web.url.rpartition(":")[2]
    if host.lower() in {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}:
        return
    for headers in (
        {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"},
        {"Origin": f"http://{host}", "Sec-Fetch-Site": site},
    ):
        async with web.http.post(web.url + path, data={"text": "x"}, headers=headers) as answer:
            assert answer.status in (400, 403), await answer.text()
    faults.none()
