"""Hosts on the web: how their names end, and which say nothing about an organization.

What stands in the sets without a dot is the name of a provider under any country's ending; with
one it is that very domain and what lies below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COUNTRIES = frozenset(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm "
    "hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb "
    "lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz "
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl "
    "tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw рф".split()
)
GENERIC = frozenset(
    "com net org edu gov mil int info biz name pro mobi jobs careers app dev tech cloud online "
    "site store shop agency company group global world digital software solutions systems network "
    "media studio design consulting ventures capital finance bank health energy engineering xyz "
    "space team works inc llc ltd gmbh".split()
)
SECOND_LEVEL = frozenset("co com org net ac edu gov go gob gouv or ne ltd plc nhs sch nom".split())
"""What may stand between a name and its country, as in acme.co.uk."""

FREE_MAIL = frozenset(
    "gmail googlemail outlook hotmail live msn yahoo ymail rocketmail aol gmx icloud "
    "proton.me protonmail zohomail tutanota tuta yandex fastmail hushmail mailinator rediffmail "
    "foxmail "
    "web.de me.com mac.com mail.com email.com mail.ru inbox.ru list.ru bk.ru ya.ru rambler.ru "
    "ukr.net qq.com 163.com 126.com sina.com sina.cn sohu.com aliyun.com 139.com naver.com "
    "daum.net hanmail.net hey.com pm.me duck.com posteo.de posteo.net mailbox.org t-online.de "
    "freenet.de arcor.de vodafone.de orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it "
    "virgilio.it alice.it tiscali.it comcast.net verizon.net att.net sbcglobal.net bellsouth.net "
    "cox.net charter.net earthlink.net juno.com btinternet.com ntlworld.com sky.com talktalk.net "
    "virginmedia.com blueyonder.co.uk uol.com.br bol.com.br terra.com.br seznam.cz wp.pl o2.pl "
    "onet.pl interia.pl bluewin.ch telenet.be skynet.be ziggo.nl kpnmail.nl home.nl shaw.ca "
    "rogers.com sympatico.ca bigpond.com optusnet.com.au xtra.co.nz docomo.ne.jp ezweb.ne.jp "
    "softbank.ne.jp".split()
)
"""Where anybody can have a mailbox."""

BOARDS = frozenset(
    "linkedin lnkd indeed glassdoor monster stepstone xing greenhouse lever workable ashbyhq "
    "smartrecruiters myworkdayjobs myworkdaysite recruitee personio bamboohr breezy jobvite icims "
    "taleo successfactors teamtailor applytojob jazzhr ziprecruiter wellfound simplyhired "
    "careerbuilder welcometothejungle totaljobs jooble adzuna upwork fiverr freelancer naukri "
    "infojobs softgarden jobteaser kununu handshake joinhandshake talent jobcloud "
    "greenhouse-mail rippling-ats angel.co dice.com hired.com otta.com seek.com.au seek.co.nz "
    "reed.co.uk hh.ru join.com weworkremotely.com remoteok.com flexjobs.com theladders.com "
    "builtin.com idealist.org usajobs.gov arbeitsagentur.de jobs.ch".split()
)
"""Where the jobs of others are found and applied for."""

PROFILES = frozenset(
    "facebook instagram twitter x.com github gitlab medium threads mastodon bluesky bsky youtube "
    "tiktok telegram t.me whatsapp wa.me signal discord discord.gg slack calendly cal.com zoom.us "
    "teams.microsoft.com docs.google.com drive.google.com forms.google.com sites.google.com "
    "meet.google.com calendar.google.com forms.gle goo.gl bit.ly t.co tinyurl linktr.ee notion.so "
    "notion.site airtable typeform substack wordpress blogspot github.io about.me".split()
)
"""Where a page is somebody's own: its address says nothing, while a mailbox there does."""

_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?\.?")


@dataclass(frozen=True)
class Host:
    """A host's name, taken apart: the part that names an organization, and all of it."""

    label: str
    name: str

    def is_among(self, providers: frozenset[str]) -> bool:
        """Whether it belongs to one of them."""
        parts = self.name.split(".")
        below = {".".join(parts[n:]) for n in range(len(parts) - 1)}
        return self.label in providers or bool(below & providers)


def read_host(text: str, *, known_ending: bool = True) -> Host | None:
    """The host of these characters, such as www.acme.co.uk, or None.

    With `known_ending` its last part must be a country or another common ending, so that a name
    with a dot in it is not taken for one.
    """
    if not _HOST.fullmatch(text):
        return None
    parts = [_decoded(part) for part in text.casefold().rstrip(".").split(".")]
    ending = parts[-1]
    if ending.isdigit() or (known_ending and ending not in COUNTRIES | GENERIC):
        return None
    own = parts[:-1]
    if ending in COUNTRIES and own[-1] in SECOND_LEVEL:
        own = own[:-1]
    return Host(own[-1], ".".join(parts)) if own else None


def _decoded(part: str) -> str:
    """One part of a host's name in its own script."""
    if not part.startswith("xn--"):
        return part
    try:
        return part[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return part
