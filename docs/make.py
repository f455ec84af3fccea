"""Makes the parts of the docs that come from the code; with --check says which are out of date.

python -m docs.make [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from adapters.slack.manifest import manifest
from core.language import ENGLISH, LANGUAGES
from core.options import Command, Kind, Option, Request, typed_options
from core.requests import COMMANDS
from docs import sentences
from docs.pages import as_html

HERE = Path(__file__).parent
PAGES = HERE.parent / "adapters" / "web" / "templates"


def commands() -> str:
    """The command reference, from the declarations."""
    parts = [
        "# Commands",
        "Made from `core/requests/` by `python -m docs.make`; don't edit it by hand.",
        "All are subcommands of `/followup`. On Slack and in the playground the first option is "
        "what stands first in the line, and the others are recognized or named, as in "
        "`note: loves dbt`; on Discord each is a typed option. With nothing after the word, "
        "what is needed is asked for in a form.",
    ]
    for kind in COMMANDS:
        if kind.command is not None:
            parts.extend(_command(kind, kind.command))
    return "\n\n".join(parts) + "\n"


def _command(kind: type[Request], command: Command) -> list[str]:
    examples = "\n".join(f"/followup {command.name} {line}".rstrip() for line in command.examples)
    parts = [f"## {command.name}", f"{command.summary}."]
    options = typed_options(kind)
    if options:
        rows = ["| option | what it is |", "| --- | --- |", *map(_row, options)]
        parts.append("\n".join(rows))
    if examples:
        parts.append(f"```\n{examples}\n```")
    return parts


def _row(spec: Option) -> str:
    chosen = spec.kind in (Kind.CHOICE, Kind.CHOICES)
    choices = f": {', '.join(spec.choices)}" if chosen else ""
    return f"| `{spec.name}` | {spec.help}{choices} |"


def made() -> dict[Path, str]:
    """Every file that is made from the code, with what it should say."""
    return {
        HERE / "commands.md": commands(),
        HERE / "slack-manifest.json": json.dumps(manifest(socket_mode=True), indent=2) + "\n",
        **{
            PAGES / f"privacy_text{ending}.html": as_html(
                (HERE / f"privacy{ending}.md").read_text(encoding="utf-8")
            )
            for ending in ("", *(f".{code}" for code in LANGUAGES if code != ENGLISH))
        },
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with --check only compare them; 1 when some are out of date."""
    stale = [path for path, text in made().items() if not _says(path, text)]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.name} is out of date: run `python -m docs.make`", file=sys.stderr)
        return max(1 if stale else 0, sentences.main(arguments))
    for path in stale:
        path.write_text(made()[path], encoding="utf-8")
    return sentences.main(arguments)


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
