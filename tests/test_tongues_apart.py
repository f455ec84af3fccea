"""What is drawn on for a member is in their own language, whoever is spoken to around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.caller import Account, Platform
from core.language import LANGUAGES, speaking
from tests.people import Member, Office

NOBODY = {
    "en": "Somebody I worked with: “Calm in a launch”",
    "es": "Alguien con quien trabajé: “Calm in a launch”",
    "fr": "Quelqu’un avec qui j’ai travaillé : « Calm in a launch »",
}


async def says(member: Member, locale: str, line: str) -> None:
    await member.desk.line(line, replace(member.caller(), locale=locale))


@pytest.mark.parametrize("around", LANGUAGES)
async def test_a_morning_is_in_the_readers_language_whoever_set_it_off(
    office: Office, around: str
) -> None:
    """What somebody does sets off the courier, which then speaks as they are spoken to."""
    for locale in LANGUAGES:
        member = office.member(locale, Platform.WEB)
        await says(member, locale, "add Dana Lee @ Acme, tomorrow")
        await says(member, locale, "proof Calm in a launch, by: Sam Okafor")
    with speaking(around):
        parcels = await office.morning(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    for parcel in parcels:
        assert isinstance(parcel.to, Account)
        read = parcel.message.plain().replace("\u00a0", " ")
        others = {words for code, words in NOBODY.items() if code != parcel.to.user}
        assert NOBODY[parcel.to.user] in read
        assert not [words for words in others if words in read]
    assert len(parcels) == len(LANGUAGES)
