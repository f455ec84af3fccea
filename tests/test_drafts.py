"""Drafts (M13): each gives something, asks little, fits its channel and passes its own check.

The transcript in golden/drafts.txt is for reading aloud. UPDATE_GOLDEN=1 writes it anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.angles import Known, propose
from core.domain.checking import FindingKind, check, limit_for
from core.domain.drafting import (
    GAP,
    LINK_LIMIT,
    REST,
    Draft,
    MailService,
    compose_link,
    gaps_in,
    is_mail_address,
    mail_link,
)
from core.domain.words import Angle, Channel, Step
from core.text import plain
from core.voice.angles import angle_words
from core.voice.draft_findings import finding_words
from core.voice.draft_words import (
    achievement_sentence,
    endorsement_sentence,
    greeting_name,
    insight_sentence,
    topic,
)
from core.voice.drafts import draft

GOLDEN = Path(__file__).parent / "golden" / "drafts.txt"

DANA = Known(
    name="Dana Lee",
    organization="Acme",
    about="data PM",
    insights=("they are moving to dbt this quarter",),
    achievements=("Cut reporting time by 40% at Globex",),
    endorsements=("Priya Nair: “She keeps a launch calm”",),
)
KHAI = Known(name="Nguyễn Thị Minh Khai", organization="Sao Mai Health", about="clinical analyst")
TANAKA = Known(
    name="田中 太郎",
    organization="みどり銀行",
    about="risk analytics",
    insights=("needs faster audits",),
)
OBRIEN = Known(name="O'Brien", about="the kitchen rota", note="met at the food fair in May")
GLOBEX = Known(organization="Globex", about="operations lead")
BARE = Known(organization="Initech")
PENDING = replace(DANA, talking=True, step=Step.OPENER, cycle=2, referred_to="Ravi Patel")

CASES: tuple[tuple[str, Known, Angle | None, Channel, str], ...] = (
    ("first email, an insight", DANA, None, Channel.EMAIL, "Sam Okafor"),
    ("first email, little known", KHAI, None, Channel.EMAIL, "Sam Okafor"),
    ("first email, no name yet", GLOBEX, None, Channel.EMAIL, "Sam Okafor"),
    ("first email, only the organization", BARE, Angle.HELP, Channel.EMAIL, ""),
    (
        "first email, by referral",
        replace(KHAI, referrer="Lê Văn Hùng"),
        Angle.DISCUSSION,
        Channel.EMAIL,
        "Sam Okafor",
    ),
    (
        "email check-in, an insight already used",
        replace(
            DANA, step=Step.CHECK_IN, last_sent="Hello Dana, as you are moving to dbt this quarter"
        ),
        None,
        Channel.EMAIL,
        "Sam Okafor",
    ),
    (
        "email check-in, no name yet",
        replace(GLOBEX, step=Step.CHECK_IN),
        Angle.PROOF,
        Channel.EMAIL,
        "Sam Okafor",
    ),
    ("thank-you for a referral, email", PENDING, None, Channel.EMAIL, "Sam Okafor"),
    ("thank-you for a referral, text", PENDING, None, Channel.TEXT, "Sam Okafor"),
    (
        "after a reply, email",
        replace(DANA, talking=True, cycle=2, last_reply="budget is settled in March"),
        Angle.HELP,
        Channel.EMAIL,
        "Sam Okafor",
    ),
    (
        "thanks for a reply, chat",
        replace(OBRIEN, talking=True, cycle=2, last_reply="said to ask Jo about Sunday shifts"),
        None,
        Channel.CHAT,
        "Ana",
    ),
    ("second round, email", replace(KHAI, cycle=2), Angle.RESULT, Channel.EMAIL, "Sam Okafor"),
    ("first text", OBRIEN, Angle.IDEA, Channel.TEXT, "Ana Ruiz"),
    (
        "text check-in",
        replace(DANA, step=Step.CHECK_IN, insights=()),
        Angle.RESULT,
        Channel.TEXT,
        "Sam Okafor",
    ),
    ("LinkedIn invitation", DANA, Angle.INFORMATION, Channel.LINKEDIN, "Sam Okafor"),
    (
        "LinkedIn check-in, a name in another script",
        replace(TANAKA, step=Step.CHECK_IN),
        Angle.DISCUSSION,
        Channel.LINKEDIN,
        "Sam Okafor",
    ),
    ("first call", DANA, Angle.RESULT, Channel.PHONE, "Sam Okafor"),
    (
        "call to check in",
        replace(KHAI, step=Step.CHECK_IN),
        Angle.HELP,
        Channel.PHONE,
        "",
    ),
    ("voice message", TANAKA, Angle.PROOF, Channel.VOICE, "Sam Okafor"),
    (
        "in person, with an endorsement",
        replace(DANA, insights=("Reporting takes them two days a week",)),
        Angle.ENDORSEMENT,
        Channel.IN_PERSON,
        "Sam Okafor",
    ),
)


def transcript() -> str:
    return "\n\n".join(_rendered(number, *case) for number, case in enumerate(CASES, 1)) + "\n"


def _rendered(
    number: int, title: str, known: Known, angle: Angle | None, via: Channel, me: str
) -> str:
    proposal = propose((), known)
    chosen = angle or proposal.angle
    made = draft(known, chosen, via, me)
    lines = [f"=== {number}. {title} · {chosen}"]
    if angle is None:
        lines.append(f"({plain(angle_words(proposal, known))})")
    lines += [f"Subject: {made.subject}", ""] if made.subject else [""]
    lines.append(made.body)
    found = check(made.body, via=via, known=known)
    lines += ["", *(f"- {plain(finding_words(finding))}" for finding in found)]
    return "\n".join(lines).rstrip()


def test_the_transcript_is_as_in_the_golden_file() -> None:
    found = transcript()
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


KNOWN = {
    "much": replace(DANA, note="met at a fair", last_reply="wait until March", referrer="Lê Hùng"),
    "little": KHAI,
    "another script": TANAKA,
    "a note": OBRIEN,
    "a name alone": Known(name="Dana"),
    "no name": GLOBEX,
    "organization alone": BARE,
    "long": Known(
        name="Maria del Carmen Fernández de la Vega y Sotomayor",
        organization="The Very Long Holding Company of Northern and Southern Logistics",
        about="senior principal data platform engineering manager for the whole of Europe",
        insights=("they lose " + "a day each week " * 20, "moving to dbt"),
        achievements=("Cut the cost of a very long thing by 40% " * 5,),
        endorsements=("Priya Nair said that " + "it went well " * 20,),
        referrer="Maria del Carmen Fernández de la Vega y Sotomayor the Second",
    ),
}
STAGES: dict[str, dict[str, object]] = {
    "first": {},
    "check-in": {"step": Step.CHECK_IN},
    "second round": {"cycle": 2},
    "talking": {"talking": True, "cycle": 2, "last_reply": "likes short notes"},
    "check-in while talking": {"talking": True, "step": Step.CHECK_IN, "cycle": 2},
    "referred": {"talking": True, "cycle": 2, "referred_to": "Ravi Patel"},
}
COMBINATIONS = list(product(KNOWN, STAGES, Angle, Channel, ("Sam Okafor", "")))


def filled(text: str) -> str:
    """A draft as a member would send it."""
    known = {"[your name]": "Sam Okafor", "[your number]": "+1 555 0100"}
    return GAP.sub(lambda m: known.get(m[0], "start with three reports and save a week"), text)


@cache
def scenes() -> list[tuple[str, Known, Angle, Channel, Draft]]:
    found = []
    for who, stage, angle, via, me in COMBINATIONS:
        known = replace(KNOWN[who], **STAGES[stage])  # type: ignore[arg-type]
        label = f"{who}, {stage}, {angle}, {via}"
        found.append((label, known, angle, via, draft(known, angle, via, me)))
    return found


def test_every_draft_passes_its_own_check_but_for_gaps() -> None:
    for label, known, _, via, made in scenes():
        kinds = {finding.kind for finding in check(made.body, via=via, known=known)}
        assert kinds <= {FindingKind.GAP}, f"{label}: {kinds}\n{made.body}"
        assert made.gaps == gaps_in(made.body), label
        assert (FindingKind.GAP in kinds) == bool(made.gaps), label


def test_a_draft_whose_gaps_are_filled_has_no_finding_left() -> None:
    for label, known, _, via, made in scenes():
        found = check(filled(made.body), via=via, known=known)
        assert found == (), f"{label}: {found}\n{filled(made.body)}"


def test_every_draft_asks_at_most_one_small_question() -> None:
    for label, known, angle, via, made in scenes():
        asked = GAP.sub("", f"{made.subject} {made.body}").count("?")
        assert asked <= 1, f"{label}: {made.body}"
        thanked = angle is Angle.THANKS and known.referred_to
        if known.step is Step.CHECK_IN and not thanked:
            assert "reach you?" in made.body, label
        assert bool(made.subject) == (via is Channel.EMAIL), label


def test_every_draft_reads_as_one_piece() -> None:
    for label, _, _, _, made in scenes():
        text = f"{made.subject}\n{made.body}"
        for fault in ("  ", " ,", " .", "..", "]]", "!", "None", "{", "…."):
            assert fault not in GAP.sub("[]", text), f"{label}: {fault!r}\n{text}"
        assert len(made.gaps) <= 5, label


def test_a_limit_holds_whatever_is_stored() -> None:
    for label, known, _, via, made in scenes():
        limit = limit_for(via, known)
        assert limit is not None
        assert limit.size(made.body) <= limit.most, f"{label}: {limit.size(made.body)}"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("", ""),
        ("Dana", "Dana"),
        ("Dana Lee", "Dana"),
        ("O'Brien", "O'Brien"),
        ("Łukasz Nowak", "Łukasz"),
        ("Lee, Dana", "Dana"),
        ("Dr. Lee", "Dr. Lee"),
        ("R. Patel", "R. Patel"),
        ("J Smith", "J Smith"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("Nguyen Minh Khai", "Nguyen Minh Khai"),
        ("田中 太郎", "田中 太郎"),
        ("Мария Иванова", "Мария Иванова"),
        ("Wang Xiaoming", "Wang Xiaoming"),
        ("  Dana \u200b Lee ", "Dana"),
    ],
)
def test_a_name_is_shortened_only_where_that_is_safe(name: str, called: str) -> None:
    assert greeting_name(name) == called


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("", ""),
        ("data PM", "the data PM role"),
        ("operations lead", "the operations lead role"),
        ("Senior Engineer", "the Senior Engineer role"),
        ("the kitchen rota", "the kitchen rota"),
        ("risk analytics", "risk analytics"),
        ("job posting 4411", "the job posting 4411"),
        ("PM role (remote)", "the PM role (remote)"),
        ("moving to dbt", "moving to dbt"),
        ("データ分析", "データ分析"),
    ],
)
def test_a_topic_stands_after_about(about: str, said: str) -> None:
    assert topic(about) == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("they are moving to dbt", "I understand that you are moving to dbt."),
        ("She said they need help.", "I understand that you need help."),
        ("They're short of analysts", "I understand that you are short of analysts."),
        ("she wants her reports faster", "I understand that you want your reports faster."),
        ("Dana needs two people", "I understand that you need two people."),
        ("needs faster audits", "I understand that you need faster audits."),
        ("Moving to dbt this quarter", "I understand that you are moving to dbt this quarter."),
        ("Acme is moving to dbt", "I understand that Acme is moving to dbt."),
        ("Reporting takes them a week", "As I understand it, reporting takes you a week."),
        ("Looker is too slow", "As I understand it, Looker is too slow."),
        ("Their reports are late", "As I understand it, your reports are late."),
        ("hiring freeze until May", "What I understand so far: hiring freeze until May."),
        ("slow onboarding", "What I understand so far: slow onboarding."),
        ("use [sic] of Excel", "What I understand so far: use (sic) of Excel."),
    ],
)
def test_an_insight_is_said_to_those_it_is_about(fact: str, said: str) -> None:
    assert insight_sentence(fact, "Dana Lee", "Acme") == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("Cut reporting time by 40%", "I cut reporting time by 40%."),
        ("reduced churn by 12%.", "I reduced churn by 12%."),
        ("I built the billing team", "I built the billing team."),
        ("40% faster reports", "40% faster reports."),
    ],
)
def test_an_achievement_becomes_a_sentence(fact: str, said: str) -> None:
    assert achievement_sentence(fact) == said


def test_an_endorsement_is_quoted_or_offered() -> None:
    quoted = "A few words from somebody who knows my work. Priya: “Calm”."
    assert endorsement_sentence("Priya: “Calm”") == quoted
    offered = "Priya Nair can tell you what I'm like to work with."
    assert endorsement_sentence("Priya Nair") == offered


def test_a_fact_too_long_to_send_becomes_a_gap_that_quotes_it() -> None:
    said = insight_sentence("they lose " + "a day " * 40, "Dana", "Acme")
    assert gaps_in(said) == (said,)
    assert "you noted: they lose a day" in said


texts = st.text(max_size=200)
knowns = st.builds(
    Known,
    *(texts, texts, texts),
    st.sampled_from(Channel),
    st.sampled_from(Step),
    st.integers(1, 9),
    st.booleans(),
    st.lists(texts, max_size=3).map(tuple),
    *(texts, texts, texts, texts, texts),
    st.lists(texts, max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
)


@given(knowns, st.sampled_from(Angle), st.sampled_from(Channel), texts)
def test_whatever_is_stored_there_is_a_draft(
    known: Known, angle: Angle, via: Channel, me: str
) -> None:
    made = draft(known, angle, via, me)
    assert made.body.strip()
    assert made.gaps == gaps_in(made.body)


@pytest.mark.parametrize(
    "address",
    ["dana@acme.com", "dana.lee+jobs@mail.acme.co.uk", "o'brien@acme.ie", "d@münchen.de"],
)
def test_a_mail_address_is_known(address: str) -> None:
    assert is_mail_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dana",
        "dana@acme",
        "@acme.com",
        "dana@@acme.com",
        "Dana Lee <dana@acme.com>",
        "dana@acme.com, eve@evil.example",
        "dana@acme.com?bcc=eve@evil.example",
        "dana@acme.com\r\nBcc: eve@evil.example",
        "dana..lee@acme.com",
        "https://acme.com/@dana",
        "a" * 65 + "@acme.com",
        "dana@acme.com\n",
    ],
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    assert not is_mail_address(address)


def test_what_is_no_mail_address_is_left_for_the_member() -> None:
    made = Draft("An idea", "Hello")
    assert mail_link("+1 555 0100", made) == "mailto:?subject=An%20idea&body=Hello"
    assert "&to=&" in compose_link("linkedin.com/in/dana", made)


def test_a_mail_link_holds_the_draft() -> None:
    made = draft(DANA, Angle.RESULT, Channel.EMAIL, "Sam & Co?")
    link = mail_link("dana+x@acme.com", made)
    fields = parse_qs(urlsplit(link).query)
    assert link.startswith("mailto:dana%2Bx@acme.com?subject=")
    assert fields == {"subject": [made.subject], "body": [made.body.replace("\n", "\r\n")]}


@pytest.mark.parametrize(
    ("service", "host", "subject"),
    [
        (MailService.GMAIL, "mail.google.com", "su"),
        (MailService.OUTLOOK, "outlook.office.com", "subject"),
        (MailService.OUTLOOK_COM, "outlook.live.com", "subject"),
    ],
)
def test_a_compose_link_opens_mail_in_the_browser(
    service: MailService, host: str, subject: str
) -> None:
    made = draft(DANA, Angle.IDEA, Channel.EMAIL, "Sam")
    parts = urlsplit(compose_link("dana@acme.com", made, service))
    fields = parse_qs(parts.query)
    assert (parts.scheme, parts.hostname) == ("https", host)
    assert fields["to"] == ["dana@acme.com"]
    assert fields[subject] == [made.subject]
    assert fields["body"] == [made.body.replace("\n", "\r\n")]


@given(st.text(max_size=3000), st.text(max_size=200), st.integers(150, LINK_LIMIT))
def test_a_link_is_never_too_long_or_broken(body: str, subject: str, most: int) -> None:
    made = Draft(subject, body)
    for link in (mail_link("d@acme.com", made, most), compose_link("d@acme.com", made, most=most)):
        assert len(link) <= most
        assert link.isascii()
        assert "\ufffd" not in unquote(link) or "\ufffd" in body + subject


def test_a_long_body_is_cut_at_a_paragraph_and_says_so() -> None:
    made = Draft("An idea", "\n\n".join("One two three four five. " * 8 for _ in range(20)))
    body = parse_qs(urlsplit(mail_link("d@acme.com", made)).query)["body"][0]
    kept, _, rest = body.rpartition("\r\n\r\n")
    assert rest == REST
    assert gaps_in(body) == (REST,)
    assert kept.endswith("five.")
    assert len(kept) > 900
