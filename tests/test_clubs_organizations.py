"""The same organization however it is written, and no two that are not the same."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.clubs.organizations import organization_key

SAME = [
    ("Acme", "acme"),
    ("Acme", "ACME"),
    ("Acme", "  Acme  "),
    ("Acme", "Ácme"),
    ("Acme", "Acme."),
    ("Acme", "“Acme”"),
    ("Acme", "@Acme"),
    ("Acme", "Acme®"),
    ("Acme", "Acme Inc."),
    ("Acme", "ACME, Inc"),
    ("Acme", "Acme Incorporated"),
    ("Acme", "Acme, LLC"),
    ("Acme", "Acme L.L.C."),
    ("Acme", "Acme Ltd."),
    ("Acme", "Acme Limited"),
    ("Acme", "Acme Co., Ltd."),
    ("Acme", "Acme Co.,Ltd"),
    ("Acme", "The Acme Company"),
    ("Acme", "Acme & Co."),
    ("Acme", "Acme and Company"),
    ("Acme", "Acme Corp"),
    ("Acme", "Acme P.L.C."),
    ("Acme", "Acme GmbH"),
    ("Acme", "Acme gGmbH"),
    ("Acme", "Acme GmbH & Co. KG"),
    ("Acme", "Acme GmbH&Co.KG"),
    ("Acme", "Acme AG & Co. KGaA"),
    ("Acme", "Acme UG (haftungsbeschränkt)"),
    ("Acme", "Acme Aktiengesellschaft"),
    ("Acme", "Acme e.V."),
    ("Acme", "Acme S.A."),
    ("Acme", "Acme S. A."),
    ("Acme", "Acme S.A.S."),
    ("Acme", "Acme S.à r.l."),
    ("Acme", "Acme & Cie"),
    ("Acme", "Acme S.p.A."),
    ("Acme", "Acme S.r.l."),
    ("Acme", "Acme S.L.U."),
    ("Acme", "Acme S.A. de C.V."),
    ("Acme", "Acme S. de R.L. de C.V."),
    ("Acme", "Acme Ltda."),
    ("Acme", "Acme B.V."),
    ("Acme", "Acme NV"),
    ("Acme", "Acme A/S"),
    ("Acme", "Acme ApS"),
    ("Acme", "Acme AB (publ)"),
    ("Acme", "Acme Oy"),
    ("Acme", "Acme OÜ"),
    ("Acme", "Acme Sp. z o.o."),
    ("Acme", "Acme sp.z o.o."),
    ("Acme", "Acme s.r.o."),
    ("Acme", "Acme Kft."),
    ("Acme", "Acme d.o.o."),
    ("Acme", "Acme A.Ş."),
    ("Acme", "Acme Pty Ltd"),
    ("Acme", "Acme Pte. Ltd."),
    ("Acme", "Acme Pvt. Ltd."),
    ("Acme", "Acme Private Limited"),
    ("Acme", "Acme Sdn. Bhd."),
    ("Acme", "PT Acme Tbk"),
    ("Acme", "Acme K.K."),
    ("Acme", "Acme (Germany) GmbH"),
    ("Acme", "acme.com"),
    ("Acme", "Acme.com"),
    ("Acme", "Acme.com, Inc."),
    ("Acme", "acme.co.uk"),
    ("Acme", "acme.com.br"),
    ("Acme", "acme.de"),
    ("Acme", "acme-gmbh.de"),
    ("Acme", "acme.io"),
    ("Acme", "www.acme.com"),
    ("Acme", "https://www.acme.com/jobs"),
    ("Acme", "http://careers.acme.co.jp:8080/?id=3#top"),
    ("Acme", "acme.com/jobs"),
    ("Acme", "https://jobs.acme.engineering"),
    ("Acme", "dana@acme.com"),
    ("Acme", "dana.lee@mail.acme.co.uk"),
    ("Acme", "Acme https://acme.com/jobs"),
    ("Acme", "Acme, dana@acme.com"),
    ("Acme", "Confidential (dana@acme.com)"),
    ("Acme Robotics", "acme-robotics.com"),
    ("Acme Robotics", "acmerobotics.com"),
    ("Acme Robotics", "AcmeRobotics"),
    ("Smith & Sons", "Smith and Sons"),
    ("Smith & Sons", "smith&sons ltd"),
    ("Ben & Jerry's", "Ben and Jerry’s"),
    ("McDonald's", "mcdonalds.com"),
    ("T-Mobile", "t-mobile.com"),
    ("7-Eleven", "7 Eleven, Inc."),
    ("Amazon", "Amazon.com, Inc."),
    ("Booking", "Booking.com B.V."),
    ("Bank of America", "bankofamerica.com"),
    ("E.ON", "E.ON SE"),
    ("X", "x.com"),
    ("Müller", "müller.de"),
    ("Müller", "https://xn--mller-kva.de/"),
    ("Ørsted", "orsted.com"),
    ("Łódź Works", "lodz-works.pl"),
    ("A.P. Møller – Mærsk", "AP Moller Maersk A/S"),
    ("LinkedIn", "LinkedIn Corp."),
    ("アクメ", "株式会社アクメ"),
    ("アクメ", "アクメ株式会社"),
    ("アクメ", "(株)アクメ"),
    ("アクメ", "㈱アクメ"),
    ("アクメ", "ｱｸﾒ"),
    ("华为", "华为有限公司"),
    ("카카오", "주식회사 카카오"),
    ("카카오", "카카오(주)"),
    ("Акме", "ООО «Акме»"),
    ("Акме", "АКМЕ, ООО"),
    ("شركة", " شركة "),
]

OTHER = [
    ("Acme", "Acme Robotics"),
    ("Acme", "Acme Group"),
    ("Acme", "Acme Bank"),
    ("Acme", "Acne"),
    ("Acme", "Akme"),
    ("Acme", "acmeinc.com"),
    ("Bank of America", "Bank of England"),
    ("Meta", "Metro"),
    ("Meta", "Beta"),
    ("Smith & Sons", "Smith"),
    ("C&A", "CA"),
    ("SAS Institute", "Institute"),
    ("3M", "M"),
    ("Node.js", "Node"),
    ("E.ON", "E"),
    ("The North Face", "North"),
    ("Company of Heroes", "Heroes"),
    ("Limited Brands", "Brands"),
    ("acme.com", "acme-bank.com"),
    ("jobs.acme.com", "jobs.globex.com"),
    ("dana@acme.com", "dana@globex.com"),
    ("アクメ", "グロベックス"),
    ("华为", "腾讯"),
    ("Акме", "Acme"),
    ("ไทยพาณิชย์", "ไทยพาณี"),
    ("Univ. of X", "Univ. of Y"),
]

NOTHING = [
    *("", " ", "-", "???", "…", "\u200b", "@", "&", "the", "and"),
    *("Inc.", "GmbH", "GmbH & Co. KG", "The Company", "Limited", "S.A.", "株式会社", "(株)", "ООО"),
    *("unknown", "N/A", "n.a.", "Confidential", "TBD", "Self-employed", "freelance"),
    *("linkedin.com", "https://www.linkedin.com/jobs/view/123", "indeed.co.uk"),
    *("https://boards.greenhouse.io/acme", "jobs.lever.co/acme", "https://acme.workable.com/j/1"),
    *("https://acme.wd3.myworkdayjobs.com/en-US", "noreply@greenhouse.io"),
    *("https://github.com/dana", "https://docs.google.com/document/d/1", "calendly.com/dana"),
    *("dana@gmail.com", "dana@googlemail.com", "dana@outlook.de", "dana@hotmail.co.uk"),
    *("dana@gmx.net", "dana@web.de", "123@qq.com", "dana@yahoo.co.jp", "dana@proton.me"),
    *("dana@t-online.de", "dana@mail.ru", "gmail.com", "dana@smtp.web.de", "dana@gov.uk"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_organization_M19(one: str, other: str) -> None:
    assert organization_key(one) == organization_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_organization_M19(one: str, other: str) -> None:
    assert organization_key(one) != organization_key(other)
    assert "" not in (organization_key(one), organization_key(other))


@pytest.mark.parametrize("name", NOTHING)
def test_what_says_nothing_M19(name: str) -> None:
    assert organization_key(name) == ""


def test_no_two_of_all_that_differ_meet_by_chance_M19() -> None:
    """Each first name of the tables, against each other: the same only where a row says so."""
    said = {organization_key(one) for one, _ in SAME}
    firsts = {one for one, _ in SAME}
    assert len(said) == len(firsts)


@pytest.mark.parametrize(
    ("name", "address", "like"),
    [
        ("", "dana@acme.com", "Acme"),
        ("", "Dana Lee <dana@acme.com>", "Acme"),
        ("", "mailto:dana@acme.com", "Acme"),
        ("", "+1 555 123.4567, dana@acme.com", "Acme"),
        ("", "dana@gmail.com or dana@acme.com", "Acme"),
        ("", "https://www.acme.com/team", "Acme"),
        ("", "dana@github.com", "GitHub"),
        ("GmbH", "dana@acme.de", "Acme"),
        ("unknown", "dana@acme.de", "Acme"),
        ("https://linkedin.com/jobs/view/1", "dana@acme.com", "Acme"),
        ("Globex", "dana@acme.com", "Globex"),
        ("", "dana@gmail.com", ""),
        ("", "https://linkedin.com/in/dana", ""),
        ("", "https://github.com/dana", ""),
        ("", "+49 30 123.45.67", ""),
        ("", "dana.lee", ""),
        ("", "@dana", ""),
        ("", "room 3.14", ""),
    ],
)
def test_an_address_speaks_where_the_name_does_not_M19(name: str, address: str, like: str) -> None:
    assert organization_key(name, address) == organization_key(like)


anything = st.text(st.characters())
names = st.lists(
    st.text("abcdefgöéßøñžЖшアカ华为한 '-&.0123456789", min_size=1, max_size=8),
    min_size=1,
    max_size=4,
).map(" ".join)
solid = st.text("bdfghjkmqrtvwxyz", min_size=3, max_size=12)  # of letters that make no legal form
FORMS = [
    *("Inc.", "LLC", "Ltd.", "Co., Ltd.", "Corp.", "PLC", "GmbH", "GmbH & Co. KG", "AG", "S.A."),
    *("S.p.A.", "B.V.", "A/S", "AB", "Oy", "Sp. z o.o.", "s.r.o.", "Pty Ltd", "Pte. Ltd.", "K.K."),
    *("S.A. de C.V.", "Sdn. Bhd.", "A.Ş.", "株式会社", "有限公司"),
]


@given(anything | names, anything)
def test_a_key_is_its_own_key_M19(name: str, address: str) -> None:
    key = organization_key(name, address)
    assert organization_key(key) == key


@given(names)
def test_case_and_space_make_no_difference_M19(name: str) -> None:
    key = organization_key(name)
    assert organization_key(name.upper()) == organization_key(name.lower()) == key
    assert organization_key(f"  {name.replace(' ', '   ')}\n") == key


@given(solid, st.sampled_from(FORMS), st.sampled_from(["", ","]))
def test_a_legal_form_makes_no_difference_M19(name: str, form: str, comma: str) -> None:
    assert organization_key(f"{name}{comma} {form}") == organization_key(name) == name
    assert organization_key(f"The {name} {form}") == name


@given(solid, st.sampled_from(["com", "de", "co.uk", "io", "com.au", "org"]))
def test_an_address_of_it_makes_no_difference_M19(name: str, ending: str) -> None:
    for written in (f"{name}.{ending}", f"https://www.{name}.{ending}/x", f"a@b.{name}.{ending}"):
        assert organization_key(written) == name


@given(solid, solid)
def test_two_names_are_two_M19(one: str, other: str) -> None:
    assert (organization_key(one) == organization_key(other)) is (one == other)
    assert organization_key(f"{one} {other}") != organization_key(one)


@given(anything, anything)
def test_a_key_is_letters_and_digits_M19(name: str, address: str) -> None:
    key = organization_key(name, address)
    assert all(unicodedata.category(c)[0] in "LNM" for c in key)
    assert key == key.casefold()


def test_every_character_can_stand_in_a_name() -> None:
    for first in range(0, sys.maxunicode, 64):
        key = organization_key("".join(map(chr, range(first, first + 64))))
        assert organization_key(key) == key, hex(first)
