"""What came in, before it is a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.options import Request


@dataclass(frozen=True)
class Asked:
    """What came in: the kind of request, the texts that go with it, and what a token carried.

    - `fields`: those that the form had that came back.
    - `first`: the field with which the form begins that is asked for.
    - `again`: the change that is taken back before it is done again, with more; 0 for none.
    """

    kind: type[Request]
    values: dict[str, str] = field(default_factory=dict)
    base: Request | None = None
    pressed: bool = False
    submitted: bool = False
    as_form: bool = False
    fields: tuple[str, ...] = ()
    first: str = ""
    again: int = 0
