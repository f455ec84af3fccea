"""Whatever is typed into a form and accepted is there afterwards: in the member's own export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.domain.names import clean, clean_lines
from core.store.members import NAME_LIMIT
from tests.fuzzing import fuzz
from tests.people import Member, Office

WORDS = re.compile(r"\w+")
LOCALES = ("en-GB", "es-MX", "fr-CA")
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
texts = anything.filter(lambda text: WORDS.search(clean(text)))
"""Of every alphabet, with controls, marks and emoji, and a word in them."""
names = st.text(
    st.characters(categories=["L", "Mn", "Zs"], include_characters="'’-."), min_size=2, max_size=20
).filter(lambda name: len(re.findall(r"[^\W\d_]", clean(name))) > 1)
people = iter(count())


class Writer:
    """A member who fills in forms."""

    def __init__(self, office: Office, locale: str) -> None:
        self.desk = office.desk
        self.me: Member = office.member(f"writer{next(people)}")
        self._locale = locale

    async def fills_in(self, verb: str, **values: str) -> None:
        """Send a form; it has to be accepted."""
        caller = replace(self.me.caller(), locale=self._locale)
        reply = await self.desk.submit(verb, values, caller)
        said = reply.message.plain() if reply.message else ""
        assert not reply.refused, said

    async def kept(self) -> str:
        """All that the export holds, as one text."""
        await self.me.says("data export")
        (content,) = [one.content for one in self.me.last.files if one.name.endswith(".json")]
        return "\n".join(strings(json.loads(content)))


def strings(value: Any) -> Iterator[str]:
    """Every text in an export, at any depth."""
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


@fuzz(40)
@given(st.tuples(names, names), st.lists(texts, min_size=9, max_size=9), st.sampled_from(LOCALES))
async def test_what_is_typed_into_forms_is_kept(
    office: Office, who: tuple[str, str], typed: list[str], locale: str
) -> None:
    about, note, sent, replied, noted, insight, proof, by, other = typed
    writer = Writer(office, locale)
    name, organization = (clean(one)[:NAME_LIMIT] for one in who)
    await writer.fills_in("add", who=f"{name} @ {organization}", about=about, note=note)
    await writer.fills_in("sent", who="#1", note=sent)
    await writer.fills_in("replied", who="#1", outcome="talking", note=replied)
    await writer.fills_in("note", who="#1", text=noted)
    await writer.fills_in("insight", who="#1", text=insight)
    await writer.fills_in("proof", text=proof, by=by, named="yes")
    await writer.fills_in("edit", who="#1", name=name, organization=organization, about=other)
    kept = await writer.kept()
    for text in (name, organization, note, sent, replied, noted, insight, proof, by, other):
        for word in WORDS.findall(clean_lines(text)):
            assert word in kept, (word, text)
