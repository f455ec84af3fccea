"""Threats that docs/security.md names and no other test shows; and that its tests exist."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.discord.render import components
from adapters.slack.blocks import blocks_of
from bot.logs import _Safe
from bot.settings import BadSettings, Settings, read_settings
from core.reply import Actions, LinkButton, Message, Paragraph, Reply
from core.text import Span, linked
from tests.linking import code_of, two
from tests.people import Member, Office
from tests.test_web_kit import serving

ROOT = Path(__file__).parent.parent
SECURITY = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/test_\w+\.py)::(test_\w+)`")
SAFE = ("http://", "https://", "mailto:")
BAD = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://acme.example",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "slack://open",
    "discord://x",
    "//evil.example",
    "https://[",
    'https://acme.example/"onmouseover="alert(1)',
)


# What the document says


def test_every_test_that_the_document_names_exists() -> None:
    named = NAMED.findall(SECURITY.read_text(encoding="utf-8"))
    assert len(named) > 30
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists()
        or not re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.M)
    ]
    assert missing == []


def test_every_threat_has_its_test_or_is_said_to_have_no_defence() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    defended, _, open_ = text.partition("## Not defended")
    assert open_
    rows = [row for row in defended.splitlines() if row.startswith("| ") and "| ---" not in row]
    threats = [row for row in rows if not row.startswith("| what")]
    assert len(threats) > 15
    assert [row for row in threats if not NAMED.search(row)] == []


# Addresses


def links_of(made: Any) -> Iterator[str]:
    """Every address that something made for a platform leads to."""
    if isinstance(made, dict):
        if isinstance(made.get("url"), str):
            yield made["url"]
        if isinstance(made.get("content"), str):
            yield from re.findall(r"(?<!\\)\]\(([^)]*)\)", made["content"])
        for value in made.values():
            yield from links_of(value)
    elif isinstance(made, list):
        for value in made:
            yield from links_of(value)


async def hrefs(*messages: Message) -> list[str]:
    """Every address on the playground's page that shows these messages."""
    async with serving() as it:
        page = ""
        for n, message in enumerate(messages):
            it.desk.replies[f"show {n}"] = Reply(message)
            page = await it.post("/say", pane="private", text=f"show {n}")
        return re.findall(r'(?:href|src|action)\s*=\s*"([^"]*)"', page)


@pytest.mark.parametrize("address", BAD)
async def test_a_link_that_is_none_of_the_web_leads_nowhere(address: str) -> None:
    message = Message(
        (
            Paragraph(((Span("here", url=address),), linked(f"see {address} there"))),
            Paragraph(((Span("here", url=address),),), quiet=True),
            Actions((LinkButton("Open", address),)),
        )
    )
    found = [*links_of(blocks_of(message)), *links_of(components(message))]
    assert all(url.lower().startswith(SAFE) for url in found), found
    for url in await hrefs(message):
        assert url.startswith(("/", "#", "?", *SAFE)), url
        assert not url.startswith("//")
        assert '"' not in url


@pytest.mark.parametrize("address", BAD)
async def test_a_contacts_address_becomes_no_link(office: Office, address: str) -> None:
    dana = office.member()
    await dana.says("add")
    await dana.fills(who="Robin Patel @ Acme", contact=address, via="email", note=f"see {address}")
    shown = [message_of(dana)]
    for line in ("show Robin", "edit Robin", "draft Robin", "list", "export"):
        await dana.says(line)
        if dana.last.message is not None:
            shown.append(dana.last.message)
    made = [*map(blocks_of, shown), *map(components, shown)]
    found = list(links_of(made))
    assert all(url.lower().startswith(SAFE) for url in found), found
    assert all(url.startswith(("/", "#", "?", *SAFE)) for url in await hrefs(*shown))


def message_of(member: Member) -> Message:
    assert member.last.message is not None
    return member.last.message


# Formulas in what is exported

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", "'=1", "''=1", "=cmd|' /C calc'!A0")


async def test_formulas_are_harmless_in_the_table_and_come_back_as_they_were(
    office: Office,
) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    for n, formula in enumerate(FORMULAS):
        await dana.says("add")
        await dana.fills(
            who=f"Robin{n} @ Firm{n}", about=formula, contact=formula, note=f"{formula}\n{formula}"
        )
        await dana.says(f"edit Robin{n}")
        await dana.fills(name=formula, organization=f"{formula} {n}")
    await dana.says("export")
    table, document = (file.content for file in dana.last.files)
    for row in csv.reader(io.StringIO(table.decode("utf-8-sig"))):
        assert not any(cell[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") for cell in row), row
    await eve.imports(table)
    await eve.presses(f"Import {len(FORMULAS)}")
    await eve.says("export")
    theirs = json.loads(eve.last.files[1].content)["followups"]
    ours = json.loads(document)["followups"]
    assert len(ours) == len(FORMULAS)
    assert [one["contact"] for one in theirs] == [one["contact"] for one in ours]
    assert [one["about"] for one in theirs] == [one["about"] for one in ours]
    assert [one["history"] for one in theirs] == [one["history"] for one in ours]


# Secrets

SECRETS = [
    name
    for name, item in Settings.model_fields.items()
    if item.annotation in (SecretStr, SecretStr | None)
]
LOOKS = {
    "slack_bot_token": "xoxb-",
    "slack_app_token": "xapp-",
    "secret_key": "Qm7Zk2Xv9Lp4Rt8Wc1Nb6Hj3Ys",
}


def test_there_are_secrets_to_walk() -> None:
    assert len(SECRETS) >= 4


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_the_settings_is_in_no_log_no_error_and_no_text(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for other in Settings.model_fields:
        monkeypatch.delenv(other.upper(), raising=False)
    secret = LOOKS.get(name, "") + "hunter2-open-sesame"
    values: dict[str, Any] = {"_env_file": None, name: secret}
    settings = Settings(**values)
    assert secret in settings.secrets
    shown = [repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()]
    for as_json in (False, True):
        error = RuntimeError(f"refused {secret}")
        record = logging.LogRecord(
            "x", logging.ERROR, "x.py", 1, "with %s", (secret,), (RuntimeError, error, None)
        )
        shown.append(_Safe(settings.secrets, as_json=as_json).format(record))
    assert "***" in shown[-1]
    assert not any("sesame" in text for text in shown)
    for wrong in ("xoxp-hunter2-open-sesame", "https://sesame.example"):
        monkeypatch.setenv(name.upper(), wrong)
        with pytest.raises(BadSettings) as refused:
            read_settings()
        assert name.upper() in str(refused.value)
        assert "sesame" not in str(refused.value)


# Codes


async def test_a_code_that_is_nearly_right_opens_nothing(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme")
    for at in [n for n in range(17) if n not in (5, 11)]:
        code = await code_of(slack)
        other = "B" if code[at] != "B" else "C"
        assert "doesn't fit" in await discord.says(f"link {code[:at]}{other}{code[at + 1 :]}")
        office.clock.time += timedelta(minutes=3)
    assert "Robin" not in await discord.says("list all")
