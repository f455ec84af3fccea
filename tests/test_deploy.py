"""What is in `deploy/` and `compose.yaml` fits the bot, holds no secret and starts as nobody."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.test_command_line import NAMES, ROOT

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
LAST = CONTAINERFILE.rpartition("\nFROM ")[2]
"""The stage that becomes the image."""


def test_the_image_is_made_of_what_there_is() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert {"core", "adapters", "bot", "requirements.lock"} <= set(sources)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored, "nothing goes to the builder but what is named"
    assert {line[1:] for line in ignored if line.startswith("!")} == set(sources)
    for source in sources:
        assert (ROOT / source).exists()


def test_the_image_runs_as_nobody_in_particular_and_hears_of_its_end() -> None:
    assert re.findall(r"^USER (\S+)$", LAST, re.MULTILINE) == ["squeaky"]
    assert LAST.index("USER squeaky") < LAST.index("ENTRYPOINT")
    assert 'ENTRYPOINT ["python", "-m", "bot"]' in LAST, "no shell, which would keep SIGTERM"
    assert "STOPSIGNAL SIGTERM" in LAST
    assert "/healthz" in LAST.partition("HEALTHCHECK")[2]


def test_every_setting_that_is_made_exists_and_none_is_a_secret() -> None:
    made = set(re.findall(r"^ +([A-Z_]+)[=:]", CONTAINERFILE + COMPOSE, re.MULTILINE))
    for unit in UNITS:
        made |= set(re.findall(r"^Environment=([A-Z_]+)=", unit.read_text(), re.MULTILINE))
    known = {name.upper() for name in Settings.model_fields}
    others = {name for name in made if not name.startswith(("POSTGRES_", "PYTHON", "MPL"))}
    assert {"DATABASE_URL", "HTTP_HOST", "PLAYGROUND"} <= others <= known | {"HOME"}
    assert not {name for name in others if "TOKEN" in name or "SECRET" in name}
    assert "@db/" in COMPOSE
    passwords = re.findall(r"PASSWORD: (\S+)", COMPOSE)
    assert passwords
    assert all(one.startswith("${") for one in passwords)


def test_the_compose_file_waits_for_the_database_and_opens_no_port_to_the_world() -> None:
    assert "dockerfile: deploy/Containerfile" in COMPOSE
    assert "condition: service_healthy" in COMPOSE
    ports = re.findall(r"^ +- (\S+:\d+:\d+)$", COMPOSE, re.MULTILINE)
    assert ports == ["127.0.0.1:8080:8080"]
    assert len(re.findall(r"restart: unless-stopped", COMPOSE)) == 2


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    """With the Python of the tests instead of the installed one: it looks for the file."""
    for one in UNITS:
        text = one.read_text(encoding="utf-8")
        text = text.replace("/opt/squeaky/.venv/bin/python", sys.executable)
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "squeaky" in line]
    assert (done.returncode, said) == (0, [])


def test_the_bot_is_started_in_the_same_way_in_all_units() -> None:
    for unit in (one for one in UNITS if one.suffix == ".service"):
        found = configparser.RawConfigParser(strict=False)
        found.optionxform = str  # type: ignore[assignment, method-assign]
        found.read(unit, encoding="utf-8")
        service = dict(found["Service"])
        assert service["User"] == "squeaky"
        assert service["NoNewPrivileges"] == "yes"
        assert service["ProtectSystem"] == "strict"
        assert service["WorkingDirectory"] == "/var/lib/squeaky", "where .env and the database are"
        assert "PYTHONPATH=/opt/squeaky" in unit.read_text(encoding="utf-8")
        assert "/opt/squeaky/.venv/bin/python -m bot" in unit.read_text(encoding="utf-8")


def test_what_the_image_does_works_without_an_image(tmp_path: Path) -> None:
    """The same command, settings and check of health; SIGTERM ends it in time."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if name.upper() not in NAMES}
    env |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'squeaky.sqlite3'}",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(port),
        "PLAYGROUND": "off",
        "DISCORD_TOKEN": "a.b.c",
        "DISCORD_API_URL": "http://127.0.0.1:9/api/v10",
    }
    health = re.search(r'CMD \["python", "-c", "(.+)"\]', LAST)
    assert health is not None
    bot = subprocess.Popen(
        [sys.executable, "-m", "bot"], cwd=tmp_path, env=env, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        subprocess.run([sys.executable, "-c", health[1]], env=env, check=True)
    finally:
        bot.send_signal(signal.SIGTERM)
        assert bot.wait(15) == 0
    gone = subprocess.run(
        [sys.executable, "-c", health[1]], env=env, capture_output=True, check=False
    )
    assert gone.returncode != 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _wait_for(url: str, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert time.monotonic() < end, "it did not start"
            time.sleep(0.1)
