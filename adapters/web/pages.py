"""The pages, as HTML. Decides what is shown; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from adapters.web import dates, views
from adapters.web.assets import Assets
from adapters.web.forms import FieldView, OpenForm, field_views, multiple
from adapters.web.records import PRIVATE, Place
from adapters.web.transcript import Transcript
from adapters.web.typed import COMMAND, MOST_TYPED
from adapters.web.visitor import CHANNEL, MOST_NAME, Visitor, page_key
from core.language import N_, speaking, spoken, tr, trn
from core.reply import Actions, Message
from core.text import say

NOTICES: Mapping[str, str] = {
    "moved": N_("It is now {now}."),
    "mail": N_("It is now {now}. You have a private message."),
    "backwards": N_("Time only goes forward here. Choose a later day."),
    "day": N_("That is not a day. Choose one, or type it as 2026-11-24."),
    "far": N_("The clock moves a year at most at once. Choose a nearer day."),
    "name": N_("Type a name of 1 to {most_name} characters, then add the member again."),
    "channel": N_("Type a name of 1 to {most_name} letters, then add the channel again."),
    "long": N_("That is longer than {most} characters. Nothing was sent; shorten it a little."),
    "form": N_("That form is no longer open. Nothing was changed; open it again."),
}
"""What may stand above the conversations, by the code in the address."""


@dataclass(frozen=True)
class Other:
    """A channel to look at, with what is new in it."""

    id: Place
    unread: int


@dataclass(frozen=True)
class Pane:
    """One conversation as the page shows it, and the channels that can stand in its place."""

    name: str
    title: str
    about: str
    lines: list[views.Line]
    unread: int
    placeholder: str
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class FormView:
    """The open form as the page shows it; `words` are those around it, in its own language."""

    open: OpenForm
    fields: list[FieldView]
    sections: list[views.Section]
    words: Mapping[str, str]


class Pages:
    """Makes pages from a transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self.assets = Assets()
        self._seen: dict[tuple[str, Place], int] = {}
        self._templates = Environment(
            loader=PackageLoader("adapters.web"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"kind": views.kind, "safe_url": views.safe_url}
        self._templates.tests["multiple"] = multiple
        self._templates.globals |= {"asset": self.assets.address, "bot": views.BOT}
        self._templates.globals |= {"tr": tr, "say": say, "spoken": spoken}

    def chat(
        self, visitor: Visitor, now: datetime, notice: str = "", form: OpenForm | None = None
    ) -> web.Response:
        """The page with both conversations, and the open form over it."""
        zone = visitor.clock_zone
        words = dates.full_words(now, zone)
        local = now.astimezone(zone)
        return self._page(
            "chat.html",
            visitor=visitor,
            members=views.shown_names(self._transcript.members),
            now=words,
            now_iso=local.isoformat(timespec="minutes"),
            today=local.date().isoformat(),
            zone=zone.key,
            notice=_notice(notice, words),
            panes=[self._pane(name, visitor) for name in (CHANNEL, PRIVATE)],
            form=None if form is None else _form_view(form),
            key=page_key(),
            version=self.version(now),
            most_typed=MOST_TYPED,
            most_name=MOST_NAME,
        )

    def problem(self, status: int, sentence: str) -> web.Response:
        """A page that says why nothing happened."""
        response = self._page("problem.html", sentence=sentence, status=status)
        response.set_status(status)
        return response

    def icon(self) -> web.Response:
        """The mark of the bot as a picture of its own."""
        text = self._templates.get_template("icon.html").render()
        return web.Response(text=text, content_type="image/svg+xml")

    def version(self, now: datetime) -> str:
        """Changes when the page would."""
        return f"{self._transcript.version}-{int(now.timestamp()) // 60}"

    def _page(self, template: str, **values: object) -> web.Response:
        text = self._templates.get_template(template).render(**values)
        return web.Response(text=text, content_type="text/html")

    def _pane(self, name: str, visitor: Visitor) -> Pane:
        private = name == PRIVATE
        place = PRIVATE if private else visitor.channel
        entries = self._transcript.conversation(place, visitor.member)
        names = views.shown_names(self._transcript.members)
        if name == visitor.pane:
            self._seen[visitor.member, place] = entries[-1].id if entries else 0
        channels = [] if private else self._transcript.channels
        others = tuple(Other(each, self._unread(each, visitor)) for each in channels)
        return Pane(
            name=name,
            title=views.BOT if private else place,
            about=tr("Private messages") if private else _people(len(names)),
            lines=views.lines_of(entries, names, visitor.clock_zone, place),
            unread=sum(each.unread for each in others) or self._unread(place, visitor),
            placeholder=f"{COMMAND} add Dana Lee @ Acme, email, in 3 days",
            others=others,
        )

    def _unread(self, place: Place, visitor: Visitor) -> int:
        """How much there is that this member has not looked at."""
        seen = self._seen.get((visitor.member, place), 0)
        entries = self._transcript.conversation(place, visitor.member)
        return sum(1 for e in entries if e.id > seen and e.author != visitor.member)


def _notice(code: str, now: str) -> str:
    words = NOTICES.get(code, "")
    return tr(words, now=now, most=MOST_TYPED, most_name=MOST_NAME) if words else ""


def _people(count: int) -> str:
    return trn("{count} member and Squeaky", "{count} members and Squeaky", count)


def _form_view(form: OpenForm) -> FormView:
    """The form; what was wrong stands above it unless it is all said at the field."""
    fields = field_views(form)
    at_field = any(view.error for view in fields)
    blocks = form.error.blocks if form.error is not None else ()
    said = at_field and not any(isinstance(block, Actions) for block in blocks)
    with speaking(form.form.language):
        words = {
            "cancel": tr("Cancel"),
            "needed": tr("needed"),
            "one": tr("Choose one"),
            "none": tr("Not said"),
            "wrong": tr("Please mend this:"),
        }
    return FormView(form, fields, [] if said else views.sections_of(Message(blocks)), words)
