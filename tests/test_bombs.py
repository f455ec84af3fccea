"""Files that are made to be too much: large, packed, nested, endless, slow to read."""

from __future__ import annotations

import copy
import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from adapters.discord import downloads as discord_downloads
from adapters.slack import downloads as slack_downloads
from adapters.web.guard import MOST_WITH_FILE
from core.caller import MOST_UPLOAD
from core.domain.importing.own import ChangedExport, from_document, own_document
from core.domain.importing.records import Unreadable, UnreadableFile, records_of
from core.domain.importing.sheets import sheet_of
from tests.fuzzing import fuzz, texts
from tests.people import Office
from tests.test_importing import EXPORT
from tests.test_web_kit import serving


def in_time(work: Callable[[], Any], seconds: float = 20) -> Any:
    """What it gives, or why not; it must not take long."""
    started = time.monotonic()
    try:
        return work()
    except (UnreadableFile, ChangedExport) as error:
        return error
    finally:
        assert time.monotonic() - started < seconds


def test_a_packed_workbook_is_refused_without_unpacking_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"\0" * 100_000_000)
    refused = in_time(lambda: sheet_of(packed.getvalue()), 1)
    assert refused.why is Unreadable.WORKBOOK


@pytest.mark.parametrize(
    "bomb",
    [
        b"a,b\n" * 30 + b'x","y\n' * 280_000,
        b"a,b\n" * 30 + b'x,"y\n' * 280_000,
        b'"' * 1_900_000,
        b"," * 1_900_000,
        b"\n" * 1_900_000,
        b"a\n" * 900_000,
        b"a,b\n" + b'"' + b"x\n" * 900_000,
        bytes(random.Random(1).choices(range(128, 256), k=1_900_000)),
        bytes(random.Random(2).choices(b'a",\n', k=1_900_000)),
        bytes(random.Random(3).choices(b'a",;\n\t|', k=1_900_000)),
        "é".encode("utf-16-le") * 900_000,
    ],
    ids=lambda bomb: repr(bomb[-6:]),
)
def test_a_table_that_is_made_to_take_long_is_read_or_refused_soon(bomb: bytes) -> None:
    in_time(lambda: sheet_of(bomb))


def test_lines_whose_quotes_mean_nothing_are_lines_all_the_same() -> None:
    found = records_of(b"a,b\n" * 30 + b'x","y\n' * 3_000)
    assert len(found) == 3_030
    assert found[-1].cells == ("x", "y")


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e999", "9" * 5000, '"x"'])
def test_an_export_with_numbers_that_are_none_is_refused(number: str) -> None:
    for name in ("number", "referred_by"):
        changed: Any = copy.deepcopy(EXPORT)
        changed["followups"][0][name] = "@"
        text = json.dumps(changed)
        document = own_document(text.replace('"@"', number).encode())
        if document is not None:
            with pytest.raises(ChangedExport):
                from_document(document)


async def test_an_export_with_characters_that_no_database_takes_comes_in(office: Office) -> None:
    dana = office.member()
    text = json.dumps(EXPORT).replace("Robin", "Ro\\u0000b\\ud800in").replace("dbt", "d\\u0000bt")
    await dana.imports(text.encode())
    await dana.presses("Import 1")
    assert "Robin" in await dana.says("list all")


@asynccontextmanager
async def giving(content: bytes) -> AsyncIterator[str]:
    """A server whose file is a gigabyte when it is unpacked; its address."""

    async def give(request: web.Request) -> web.Response:
        del request
        return web.Response(body=content, headers={"Content-Encoding": "gzip"})

    app = web.Application()
    app.router.add_get("/file", give)
    async with TestServer(app) as server:
        yield str(server.make_url("/file"))


async def test_a_packed_bomb_in_an_upload_is_not_unpacked_to_its_end() -> None:
    bomb = gzip.compress(b"\0" * (10 * MOST_UPLOAD), 1)
    async with giving(bomb) as url, ClientSession() as session:
        slack = AsyncWebClient("xoxb-1", base_url=url, session=session)
        for size in (None, 1):
            file = {"url_private_download": url, "size": size}
            assert (await slack_downloads.download(slack, file)).problem == "large"
            found = await discord_downloads.download({"url": url, "size": size})
            assert found.problem == "large"
            assert found.content == b""


async def test_a_file_elsewhere_is_not_fetched_with_the_token() -> None:
    asked: list[str] = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.headers["Authorization"])
        return web.Response(body=b"Company,Role\n")

    app = web.Application()
    app.router.add_get("/{name:.*}", note)
    async with TestServer(app) as server, ClientSession() as session:
        here = str(server.make_url("/file"))
        slack = AsyncWebClient("xoxb-1", session=session)
        elsewhere = (here, here.replace("//", "//files.slack.com@"), "https://[", "", "/file")
        for url in elsewhere:
            found = await slack_downloads.download(slack, {"url_private_download": url})
            assert found.problem == "lost"
        assert asked == []
        slack = AsyncWebClient("xoxb-1", base_url=here, session=session)
        found = await slack_downloads.download(slack, {"url_private_download": here})
        assert (found.content, asked) == (b"Company,Role\n", ["Bearer xoxb-1"])


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("https://club.enterprise.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("https://files.slack-gov.com/files-pri/T1-F1/download/a.csv", True),
        ("http://files.slack.com/a.csv", False),
        ("https://notslack.com/a.csv", False),
        ("https://files.slack.com.evil.example/a.csv", False),
        ("https://evil.example/files.slack.com/a.csv", False),
    ],
)
def test_what_is_slacks_own(address: str, is_it: bool) -> None:
    assert slack_downloads.is_slacks(address, "https://slack.com/api/") is is_it


async def test_a_file_that_is_too_large_for_the_playground_is_not_read() -> None:
    async with serving() as it:
        data = FormData()
        data.add_field("f.file", io.BytesIO(b"\0" * MOST_WITH_FILE), filename="x.csv")
        async with it.http.post(f"{it.url}/form/x", data=data, headers=it.origin) as response:
            assert response.status == 413
            assert it.desk.calls == []


@fuzz(100)
@given(st.binary(max_size=200) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for head in (b"", b"Company,Role\n", b'{"format":"squeaky","version":1,'):
        in_time(partial(sheet_of, head + content))
        own_document(head + content)


async def test_a_name_that_grows_when_it_is_folded_fits(office: Office) -> None:
    """One letter of these becomes eighteen."""
    dana, long = office.member("dana"), "\ufdfa" * 60
    assert long in await dana.says(f"add {long} @ {long}, tomorrow")
    await dana.imports(f"Company,Contact,Status\n{long},{long[1:]},applied\n".encode())
    await dana.presses("Import 1")
    assert "(#2)" in await dana.says("list all")
