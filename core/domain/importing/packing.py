"""A file that was read, as a short text to keep until its member has decided."""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from typing import Any

from core.domain.portable import plain_value


def packed(values: Any) -> str:
    """Values of JSON as text: a sixth of the length. Takes a while: call it off the event loop."""
    text = json.dumps(values, ensure_ascii=False, default=plain_value)
    return b85encode(zlib.compress(text.encode(errors="surrogatepass"), 3)).decode()


def unpacked(text: str) -> Any:
    """The values of `packed`."""
    return json.loads(zlib.decompress(b85decode(text)).decode(errors="surrogatepass"))
