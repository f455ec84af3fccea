"""A draft, its gaps, and the links that open the member's own mail with the draft in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from core.domain.names import clean, clean_lines
from core.language import N_, tr

LINK_LIMIT = 2000
"""Characters of a link. Mail programs and browsers differ; all of them take this many."""
SUBJECT_LIMIT = 78
"""Characters of a subject in a link; a line of mail is best kept to this many."""
REST = N_("[paste the rest of the draft here]")
"""Stands where a body was cut to fit a link: it reads as a gap, so nobody sends half a draft."""

_ADDRESS = re.compile(
    r"(?P<local>[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*)"
    r"@(?P<domain>([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_])"
)
_ADDRESS_LIMIT, _LOCAL_LIMIT = 254, 64
_BREAKS = ("\n\n", "\n", ". ", "? ", " ")

GAP = re.compile(r"\[[^\[\]\n]{1,300}\](?!\()")
"""What only the member can know, as the drafts mark it; a link of Markdown is none."""
_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Draft:
    """A start for one message. `subject` is for email alone; `gaps` as they stand in the text."""

    subject: str
    body: str
    gaps: tuple[str, ...] = ()


class MailService(StrEnum):
    """Where a member may write mail in the browser."""

    GMAIL = "Gmail"
    OUTLOOK = "Outlook"  # an account at work or school
    OUTLOOK_COM = "Outlook.com"


_COMPOSE = {
    MailService.GMAIL: (
        "https://mail.google.com/mail/?view=cm&fs=1&to={to}&su={subject}&body={body}"
    ),
    MailService.OUTLOOK: (
        "https://outlook.office.com/mail/deeplink/compose?to={to}&subject={subject}&body={body}"
    ),
    MailService.OUTLOOK_COM: (
        "https://outlook.live.com/mail/0/deeplink/compose?to={to}&subject={subject}&body={body}"
    ),
}


def gaps_in(text: str) -> tuple[str, ...]:
    """The gaps of a draft, each once, in order. A number in brackets is a reference, not a gap."""
    found = [gap for gap in GAP.findall(text) if not _NUMBER.fullmatch(gap)]
    return tuple(dict.fromkeys(found))


def is_mail_address(address: str) -> bool:
    """Whether it is one plain address: no display name, no list, nothing to smuggle a header in."""
    match = _ADDRESS.fullmatch(address)
    return (
        match is not None and len(address) <= _ADDRESS_LIMIT and len(match["local"]) <= _LOCAL_LIMIT
    )


def mail_link(address: str, draft: Draft, most: int = LINK_LIMIT) -> str:
    """A `mailto:` link with the draft in it. What is no mail address is left for the member."""
    return _filled("mailto:{to}?subject={subject}&body={body}", address, draft, most)


def compose_link(
    address: str,
    draft: Draft,
    service: MailService = MailService.GMAIL,
    most: int = LINK_LIMIT,
) -> str:
    """The same for mail in the browser (https), where a link button takes nothing else."""
    return _filled(_COMPOSE[service], address, draft, most)


def _filled(template: str, address: str, draft: Draft, most: int) -> str:
    address = clean(address) if is_mail_address(clean(address)) else ""
    to, subject = quote(address, safe="@"), _coded(clean(draft.subject)[:SUBJECT_LIMIT].rstrip())
    room = most - len(template.format(to=to, subject=subject, body=""))
    if room < 0:
        return ""
    return template.format(to=to, subject=subject, body=_fitted(draft.body, room))


def _fitted(body: str, room: int) -> str:
    """The body, coded, in at most that many characters: cut where a paragraph or sentence ends."""
    text = clean_lines(body)
    if len(_coded(text)) <= room:
        return _coded(text)
    ending = "\n\n" + tr(REST)
    left = room - len(_coded(ending))
    size = 0
    for end, character in enumerate(text):
        size += len(_coded(character))
        if size > left:
            return _coded(_cut(text[:end]) + ending) if left > 0 else ""
    return ""


def _cut(text: str) -> str:
    for mark in _BREAKS:
        end = text.rfind(mark)
        if end >= len(text) // 2:
            return text[: end + len(mark)].rstrip()
    return text


def _coded(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")
