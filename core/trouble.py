"""What may be logged of an error: its kind and where it happened, never its message.

A message can quote what a person typed, or a database's parameters: a contact's data.
"""

from __future__ import annotations

import traceback


def kind_and_place(error: BaseException) -> str:
    """The error's type and the lines it passed through."""
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{type(error).__name__}\n{frames}"
