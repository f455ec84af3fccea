"""Forms of the playground: opened, refused with what was typed, sent once."""

from __future__ import annotations

import asyncio
import re

from core.reply import Choice, Field, FieldKind, Form, Message, Paragraph, Reply
from core.text import say
from tests.test_web_kit import saying, serving, text_of

FORM = Form(
    "You sent a ping",
    "sent:t=41",
    (
        Field("note", "Note", FieldKind.LONG, help="What you sent"),
        Field("on", "On", FieldKind.DAY, value="today", required=True),
        Field("via", "Via", FieldKind.CHOICE, choices=(Choice("E-mail", "email"),)),
        Field(
            "days",
            "Days off",
            FieldKind.CHOICES,
            value="Sat, Sun",
            choices=(Choice("Saturday", "Sat"), Choice("Sunday", "Sun"), Choice("Monday", "Mon")),
        ),
    ),
)


async def test_a_form_opens_over_the_page_with_what_is_known() -> None:
    async with serving() as it:
        it.desk.replies["sent"] = Reply(form=FORM)
        page = await it.post("/say", pane="private", text="sent")
        assert 'aria-modal="true"' in page
        assert 'name="f.on"' in page
        assert 'value="today"' in page
        assert re.findall(r'value="(\w+)" checked', page) == ["Sat", "Sun"]


async def test_a_refused_form_keeps_what_was_typed_and_says_why_at_the_field() -> None:
    async with serving() as it:
        it.desk.replies["sent"] = Reply(form=FORM)
        refusal = Message((Paragraph((say('I can\'t read "{day}" as a day.', day="<soon>"),)),))
        it.desk.replies["sent:t=41"] = Reply(refusal, refused=True, field="on")
        page = await it.post("/say", pane="private", text="sent")
        action = _action(page)
        values = {"f.note": "Two\r\nlines <b>", "f.on": "<soon>", "f.via": "email", "f.days": ""}
        page = await it.post(action, **values)
        assert it.desk.calls[-1][2]["note"] == "Two\nlines <b>"
        assert "Two\nlines &lt;b&gt;</textarea>" in page
        assert 'value="&lt;soon&gt;"' in page
        assert 'aria-describedby="e-on' in page
        assert 'value="email" selected' in page
        assert "checked" not in page
        assert 'Please mend this: I can\'t read "<soon>" as a day.' in text_of(page)
        it.desk.replies["sent:t=41"] = Reply(saying("Noted."))
        page = await it.post(action, **{**values, "f.on": "today"})
        assert "Noted." in page
        assert "aria-modal" not in page


async def test_a_form_can_be_sent_after_a_restart_forgot_it() -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text="list")
        form = {"token": "sent:t=41", "on": "2", "pane": "private", "f.note": "x", "key": "k"}
        it.desk.replies["sent:t=41"] = Reply(saying("Saved."), replace=True)
        page = await it.post("/form/gone", **form)
        assert it.desk.calls[-1][:3] == ("submit", "sent:t=41", {"note": "x"})
        assert "Saved." in page
        assert "Heard list" not in page
        assert "no longer open" in text_of(await it.page("/form/gone"))


async def test_several_choices_come_back_in_one_value() -> None:
    async with serving() as it:
        it.desk.replies["sent"] = Reply(form=FORM)
        action = _action(await it.post("/say", pane="private", text="sent"))
        body = [("f.days", ""), ("f.days", "Sat"), ("f.days", "Mon"), ("f.note", "")]
        async with it.http.post(it.url + action, data=body, headers=it.origin) as response:
            assert response.status == 200
        assert it.desk.calls[-1][2] == {"days": "Sat,Mon", "note": ""}


async def test_a_form_sent_twice_has_one_effect() -> None:
    async with serving() as it:
        key = re.findall(r'name="key" value="([^"]+)"', await it.page())[0]
        said = {"pane": "private", "text": "add Dana", "key": key, "me": "you"}
        await asyncio.gather(*(it.post("/say", **said) for _ in range(3)))
        assert len(it.desk.calls) == 1
        assert text_of(await it.page()).count("Heard add Dana") == 1
        await it.post("/say", **{**said, "text": "add Sam"})
        assert len(it.desk.calls) == 2
        assert len({call[3].key for call in it.desk.calls}) == 2


def _action(page: str) -> str:
    return str(re.findall(r'action="(/form/[^"]+)"', page)[0])
