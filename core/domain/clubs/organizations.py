"""When two ways of writing name the same organization: "Acme", "ACME, Inc." and acme.com.

Two that are taken for the same by mistake tell a member something wrong, two that are missed tell
nothing. So what may differ only in its legal form, writing and address is the same, and no more: a
group, a branch or a longer name is another organization.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from core.domain.clubs.hosts import BOARDS, FREE_MAIL, PROFILES, Host, read_host
from core.domain.names import LEGAL_FORMS, clean, folded

_MORE_FORMS = (
    "gbr ohg ek eg ev egmbh ggmbh partg partgmbb aktiengesellschaft stiftung&cokg "
    "gesellschaftmitbeschränkterhaftung cie sasu eurl sca scs snc sapa srls scrl bvba cvba vof cv "
    "sadecv sapidecv derldecv sderldecv sderl eirl eireli epp limitada sociedadanonima "
    "sociedadanónima sociétéanonyme asa ans hf ehf oü uab sia ad ead ood eood dd jsc pjsc ojsc "
    "ooo oao zao pao aş aktiebolag aktieselskab aksjeselskap osakeyhtiö bhd sdn sdnbhd tbk "
    "pvt private lllp ltdşti şti şirketi limitedşirketi anonimşirketi kabushikikaisha "
    "kabushikigaisha godokaisha godogaisha gk yk ооо оао зао пао ао ип тоо тов прат ае επε ικε"
)
_WRITTEN_TOGETHER = (
    *("株式会社", "有限会社", "合同会社", "股份有限公司", "有限责任公司", "有限責任公司"),
    *("有限公司", "股份公司", "주식회사", "유한회사"),
)
"""Legal forms of scripts that put no space before them; they stand in front as well."""
_IN_BRACKETS = ("株", "有", "同", "주", "유")
_IN_FRONT = (
    "pt",
    "uab",
    "ooo",
    "oao",
    "zao",
    "pao",
    "ооо",
    "оао",
    "зао",
    "пао",
    "ао",
    "тоо",
    "тов",
)
"""Legal forms that come first in the languages that have them."""
_NOTHING = (
    "unknown none na tba tbd confidential undisclosed anonymous stealth startup company employer "
    "recruiter agency various self selfemployed freelance unemployed test"
)
"""What people write where they know no name, without spaces."""

_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?P<login>[^\s@/<>()]*@)?(?P<host>[^\s/@:?#<>(),;]+)(?::\d+)?(?P<path>[/?#]\S*)?",
    re.IGNORECASE,
)
_MARKED = re.compile(r"https?://|www\.|[^\s@]+@[^\s@]+\.", re.IGNORECASE)
"""What can be nothing but an address."""
_UNSPOKEN = re.compile(r"['’‘`´ʼʻ™®℠©]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SHORT_LABEL = 3


def organization_key(name: str, address: str = "") -> str:
    """The same for two ways of writing one organization; "" when nothing is known of it.

    `name` is what somebody wrote for it: a name, a web or a mail address. `address` is how a
    contact there is reached, and counts only where the name says nothing. Keys are for comparing
    alone: lower-case letters and digits without spaces, which make no name to show.
    """
    return _of_name(clean(name)) or _of_address(clean(address))


def _of_name(name: str) -> str:
    if " " not in name and (found := _host(name)):
        host, mail, path = found
        return _of_host(host, mail=mail, page=path)
    plain = " ".join(_BRACKETED.sub(_bracketed, name).split()) or name
    key = _key([part for word in plain.split() for part in _parts(word)])
    return key or _of_address(name)


def _of_address(address: str) -> str:
    """Of the first address that says something: mail or web, in other words or alone."""
    for word in re.split(r"[\s,;<>()]+", address):
        if found := _host(word.rpartition("mailto:")[2]):
            host, mail, _ = found
            if key := _of_host(host, mail=mail, page=True):
                return key
    return ""


def _of_host(host: Host, *, mail: bool, page: bool) -> str:
    if host.is_among(FREE_MAIL) or host.is_among(BOARDS):
        return ""
    if page and not mail and host.is_among(PROFILES):
        return ""
    return _key(list(_split(host.label)))


def _host(word: str) -> tuple[Host, bool, bool] | None:
    """The host in a word, whether it is a mail address, and whether a page is named."""
    match = _ADDRESS.fullmatch(word.rstrip(".,;:!"))
    if match is None:
        return None
    host = read_host(match["host"], known_ending=not _MARKED.match(word))
    return (host, bool(match["login"]), bool(match["path"])) if host else None


def _parts(word: str) -> Iterator[str]:
    """The parts of one word of a name.

    A mail or web address among other words is an aside. A name like "Booking.com" stands for its
    organization, but what may be something else, like "Co.KG", is taken as it is.
    """
    if _MARKED.match(word):
        return
    host = read_host(word.rstrip(".,;:!"))
    if host and len(host.label) >= _SHORT_LABEL and _squeezed(host.label) not in FORMS:
        word = host.label
    yield from _split(word)


def _split(text: str) -> Iterator[str]:
    """Runs of letters and digits, without case and accents; apostrophes join, "&" is "and"."""
    plain = _UNSPOKEN.sub("", _plain(_UNSPOKEN.sub("", text)))
    spelled = plain.replace("&", " and ")
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in spelled)
    yield from kept.split()


def _plain(text: str) -> str:
    """As `folded`, with letters that are no letter and accent, and composed again."""
    return unicodedata.normalize("NFC", folded(folded(text).translate(_PLAIN_LETTERS)))


def _squeezed(text: str) -> str:
    return "".join(_split(text))


def _bracketed(found: re.Match[str]) -> str:
    """What stands in brackets is an aside, unless it is a legal form."""
    return f" {found[0]} " if _squeezed(found[0]) in _IN_BRACKETS else " "


FORMS = frozenset(_squeezed(form) for form in (*LEGAL_FORMS, *_MORE_FORMS.split()))
_SAYS_NOTHING = FORMS | frozenset(_NOTHING.split()) | {"", "the", "and", *_IN_BRACKETS}
_LONGEST_FORM = 8
"""Parts of a form that is written apart, as in "S. de R.L. de C.V."."""


def _key(parts: list[str]) -> str:
    """Without article and legal forms, in one word."""
    if parts[:1] == ["the"]:
        parts = parts[1:]
    while parts and (parts[0] in _IN_FRONT or parts[0] in _IN_BRACKETS):
        parts = parts[1:]
    while parts and (form := _form_at_the_end(parts)):
        parts = parts[:-form]
    key = _without_glued_forms("".join(parts))
    return "" if key in _SAYS_NOTHING else key


def _form_at_the_end(parts: list[str]) -> int:
    """How many of the last parts make a legal form, or a word that leads to one; 0 for none."""
    for count in range(min(_LONGEST_FORM, len(parts)), 0, -1):
        if "".join(parts[-count:]) in FORMS:
            return count
    return int(parts[-1] == "and" or parts[-1] in _IN_BRACKETS)


def _without_glued_forms(key: str) -> str:
    for form in map(_squeezed, _WRITTEN_TOGETHER):
        shorter = key.removesuffix(form).removeprefix(form)
        if shorter != key:
            return _without_glued_forms(shorter)
    return key
