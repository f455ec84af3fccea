"""What becomes of a reply: a new message, a changed one, or a form. Returns where to look next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from adapters.web.files import Files
from adapters.web.forms import OpenForm, OpenForms, new_form_id
from adapters.web.records import PRIVATE, Place
from adapters.web.transcript import Transcript
from adapters.web.typed import hint
from adapters.web.visitor import CHANNEL
from core.reply import Form, Message, Paragraph, Reply
from core.text import say


@dataclass(frozen=True)
class Asked:
    """Who asked and from where: `on` is the message with the button or form, 0 for none."""

    member: str
    place: Place
    on: int = 0


class Answers:
    """Writes replies into the transcript and keeps open forms."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self.forms = OpenForms()
        self.files = Files()

    def take(self, reply: Reply, asked: Asked, now: datetime) -> str:
        """Show a reply to a command or a button."""
        if reply.forgotten:
            self._transcript.forget(asked.member)
            self.files.forget(asked.member)
            self.forms.forget(asked.member)
        where = self._show(reply, asked, now)
        return where if reply.form is None else self._open(reply.form, asked)

    def take_filled(self, reply: Reply, filled: OpenForm, now: datetime) -> str:
        """Show a reply to a form; a refused one stays open with what was typed."""
        asked = Asked(filled.member, filled.place, filled.on)
        if not reply.refused:
            self.forms.close(filled.id)
            return self.take(reply, asked, now)
        error = reply.message or Message((Paragraph((say("That could not be saved."),)),))
        if not filled.form.fields:
            return self._show(replace(reply, message=error, replace=False), asked, now)
        form = reply.form or filled.form
        self.forms.keep(replace(filled, form=form, error=error, wrong=reply.field))
        return _form_address(filled)

    def hint(self, asked: Asked, now: datetime) -> str:
        """Say what to type instead of what was typed, in the language that is spoken."""
        return self._show(Reply(hint()), asked, now)

    def _show(self, reply: Reply, asked: Asked, now: datetime) -> str:
        if reply.message is None:
            return _address(asked.place, asked.on)
        on = self._transcript.message(asked.on, asked.member)
        if reply.replace and not reply.files and on is not None and on.reader:
            self._transcript.replace(asked.on, reply.message)
            return _address(asked.place, asked.on)
        files = self.files.keep(reply.files, asked.member)
        entry = self._transcript.tell(asked.place, asked.member, reply.message, now, files=files)
        return _address(asked.place, entry.id)

    def _open(self, form: Form, asked: Asked) -> str:
        fresh = OpenForm(new_form_id(), asked.member, asked.place, form, asked.on)
        return _form_address(self.forms.keep(fresh))


def _address(place: Place, entry: int) -> str:
    return f"/?pane={_pane(place)}" + (f"#m{entry}" if entry else "")


def _form_address(form: OpenForm) -> str:
    return f"/form/{form.id}?pane={_pane(form.place)}"


def _pane(place: Place) -> str:
    return PRIVATE if place == PRIVATE else CHANNEL
