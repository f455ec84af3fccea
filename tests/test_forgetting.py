"""Forget me: one question, and then nothing of the member is left, in no table and in no file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url

from core.reply import Reply
from core.store.tables import Base
from core.usecases.import_steps import STEP
from tests.people import MONDAY, Member, Office, token_of

SECRETS = ("Zanzibarova", "Quixotech", "borogove", "mimsyrath", "jabberwock", "outgrabe")


async def a_life(member: Member) -> None:
    """A bit of everything that a member can leave behind, also what was changed and taken back."""
    await member.says("add Vera Zanzibarova @ Quixotech re: borogove lead, email, note: mimsyrath")
    await member.says("sent Vera, idea, note: jabberwock " + "and more " * 200)
    await member.says("replied Vera, talking, outgrabe")
    await member.says("insight Vera, they need a borogove")
    await member.says("proof Tamed the jabberwock in 3 days")
    await member.says("proof She outgrabes, by: Vera Zanzibarova, knows: my mimsyrath")
    await member.says("note Vera, mimsyrath " * 3)
    await member.says("undo")
    await member.says("edit Vera")
    await member.fills(name="Vera Z", organization="Q")
    await member.says("draft Vera")
    await member.says("settings name: Zanzibarova's friend")
    await member.says("snooze Vera, outgrabe")  # refused, and kept to be corrected
    pitch = {"problem": "a jabberwock", "change": "outgrabe it", "numbers": "9 to 2 borogoves"}
    await member.types("pitch", who="1", **pitch)
    await member.imports(b"Company,Role,Notes\nQuixotech,Tamer of a jabberwock,mimsyrath\n")
    await member.presses("Import 1")
    await member.imports(b"Company,Status\nQuixotech II,outgrabe\n")  # kept: it asks something
    await member.imports(many(2 * STEP))
    assert member.last.message is not None
    await member.desk.press(token_of(member.last.message, "Import 400"), member.caller())


def many(count: int) -> bytes:
    """A list that comes in in two steps, of which only one is taken."""
    rows = (f"Quixotech {n},Borogove {n}" for n in range(count))
    return "\n".join(["Company,Role", *rows]).encode()


async def tables_of(office: Office) -> str:
    """Everything in every table, as text."""
    found = []
    async with office.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(table.select())).all()
            found += [f"{table.name}: {row}" for row in rows]
    return "\n".join(found)


def bytes_of(office: Office) -> bytes:
    """Every byte of the database's files; nothing for a server's."""
    url = make_url(str(office.store.engine.url))
    if not office.store.is_sqlite or url.database is None:
        return b""
    path = Path(url.database)
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


async def test_nothing_is_left(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await eve.says("add Robin Patel @ Acme")
    await a_life(dana)
    await office.morning(MONDAY.replace(day=30))
    before = await tables_of(office)
    assert all(secret in before for secret in SECRETS)
    question = await dana.says("forget me")
    assert "202 follow-ups\n" in question
    assert "2 achievements and endorsements" in question
    assert "1 insight" in question
    assert "nobody can bring it back" in question
    assert "Everything is erased" in await dana.presses("Erase everything")
    after = await tables_of(office)
    left = bytes_of(office)
    for secret in (*SECRETS, "dana"):
        assert secret not in after, secret
        assert secret.encode() not in left, secret
    assert "Robin Patel" in after
    assert "Robin Patel" in await eve.says("show 1")


async def test_asking_changes_nothing_and_one_may_keep_it(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    await dana.says("forget")
    assert "Robin Patel" in await dana.presses("Keep it all")


async def test_one_begins_anew(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    await dana.says("forget me")
    sure = dana.last.message
    await dana.presses("Erase everything")
    assert "Your list is empty" in await dana.says("list")
    assert "(#1)" in await dana.says("add Kim Sato @ Globex")
    assert "Everything is erased" in await dana.presses("Erase everything", sure)
    assert "Your list is empty" in await dana.says("list")


async def test_an_import_on_its_way_begins_nobody_anew(office: Office) -> None:
    dana = office.member()
    await dana.imports(many(2 * STEP))
    assert dana.last.message is not None
    first = await dana.desk.press(token_of(dana.last.message, "Import 400"), dana.caller())
    await dana.says("forget me")
    await dana.presses("Erase everything")
    assert [step async for step in dana.desk.going_on(first, dana.caller())] == [Reply()]
    assert "members: " not in await tables_of(office)


async def test_a_name_is_not_what_is_forgotten(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    assert "/followup close Robin" in await dana.says("forget Robin")
    assert "Robin Patel" in await dana.says("list")
