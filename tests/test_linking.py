"""One person, two platforms: a code joins two selves into one list and one digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.caller import Account, Platform
from core.departures import Departures
from core.domain.deliveries import Delivered, Held
from core.domain.linking import ALPHABET, BYTES, LETTERS, code_from, fingerprint_of
from core.store.joining import MOVED
from core.store.tables import Base, LinkCodeRow
from tests.linking import CODE, check_folds, code_of, join, list_of, member_id, on, two
from tests.people import Member, Office, token_of

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
"""8:30 in Berlin."""


def test_a_code_is_over_sixty_bits_and_can_be_written_in_many_ways() -> None:
    assert len(set(ALPHABET)) ** LETTERS > 2**64
    assert not set(ALPHABET) & set("AEIOUY0123456789"), "no words, nothing that looks alike"
    assert code_from(bytes(BYTES)) == "BBBBB-BBBBB-BBBBB"
    assert code_from((20**15 - 1).to_bytes(BYTES)) == "ZZZZZ-ZZZZZ-ZZZZZ"
    assert len({code_from(n.to_bytes(BYTES)) for n in range(8000)}) == 8000
    with pytest.raises(ValueError, match="bytes"):
        code_from(bytes(BYTES - 1))
    kept = fingerprint_of("WDJBM-JHTQR-KPXCF")
    assert len(kept) == 64
    for same in (
        "wdjbmjhtqrkpxcf",
        " WDJBM JHTQR KPXCF ",
        "WDJBM–JHTQR–KPXCf",
        "`WDJBM-JHTQR-KPXCF`.",
    ):
        assert fingerprint_of(same) == kept
    for none in ("", "WDJBM", "WDJBM-JHTQR-KPXCFA", "WDJBM-JHTQR-KPXC1", "WDJBM-JHTQR-KPXCé"):
        assert fingerprint_of(none) == ""


async def test_two_lists_become_one_and_both_see_it(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme, in 2 days")
    await discord.says("add Kim Sato @ Globex, in 3 days")
    await discord.says("add Lou Reyes @ Initech, in 4 days")
    code = await code_of(slack)
    question = await discord.says(f"link {code}")
    assert "Here: 2 follow-ups. On Slack: 1 follow-up." in question
    assert "1 number is taken on both sides" in question
    assert "Say yes only if you made the code yourself" in question
    answer = await discord.presses("Join, settings from there")
    assert "with 3 follow-ups" in answer
    assert "#1 is now Kim Sato, Globex (#3)" in answer
    for one in (slack, discord):
        listed = await one.says("list open")
        assert all(name in listed for name in ("Robin", "Kim", "Lou"))
    assert "Kim Sato, Globex: sent" in await slack.says("sent #3")
    assert "Robin Patel, Acme: sent" in await discord.says("sent #1")
    assert "Europe/Berlin" in await discord.says("settings"), "Slack's settings were chosen"
    await check_folds(office)


async def test_the_settings_from_here_win_if_one_says_so(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("settings hour: 7:00")
    await discord.says("settings zone: America/New_York, hour: 9:15, pace: gentle")
    await join(slack, discord, "Join, settings from here")
    assert "9:15" in await slack.says("settings")
    assert "America/New_York" in await slack.says("settings")


async def test_without_a_difference_there_is_one_yes(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says("add Robin Patel @ Acme")
    await eve.says(f"link {await code_of(dana)}")
    question = eve.last.message
    assert question is not None
    assert "[Join] [Don't join]" in question.plain()
    assert "As your other self in the playground: 1 follow-up" in question.plain()
    assert "with 1 follow-up" in await eve.presses("Join")


async def test_two_workspaces_in_which_one_has_the_same_id(office: Office) -> None:
    home = Member(office.desk, Account(Platform.SLACK, "T1", "U1"), "Europe/Berlin")
    guild = Member(office.desk, Account(Platform.SLACK, "T2", "U1"), "Europe/Berlin")
    await home.says("add Robin Patel @ Acme, in 2 days")
    await guild.says("add Kim Sato @ Globex, in 3 days")
    assert "Robin" not in await guild.says("list open")
    question = await guild.says(f"link {await code_of(home)}")
    assert "As your other self on Slack: 1 follow-up" in question
    assert "with 2 follow-ups" in await guild.presses("Join")
    for one in (home, guild):
        listed = await one.says("list open")
        assert all(name in listed for name in ("Robin", "Kim"))
    await home.says("link unlink")
    assert "Parted. Here: 1 follow-up." in await home.presses("Part: each its own")
    assert "Kim" not in await home.says("list all")
    assert "Robin" not in await guild.says("list all")
    await check_folds(office)


async def test_who_made_the_code_hears_of_it_and_takes_it_back(office: Office) -> None:
    slack, thief = two(office)
    await slack.says("add Robin Patel @ Acme, in 2 days")
    await thief.says("add Kim Sato @ Globex, in 2 days")
    await join(slack, thief, "Join, settings from here")
    await thief.says("add Zed Nowak @ Hooli, in 2 days")
    await thief.says("close Robin, dismissed me")
    (told,) = await office.parcels()
    assert told.to == slack.account
    assert "Your code was used: you are one person here and on Discord now" in told.message.plain()
    await office.mailroom.finish([(told, Delivered("D1", "m1"))])
    question = await slack.presses("Take it back", on=told.message)
    assert "2 follow-ups came from Discord, 1 from elsewhere (here)" in question
    assert "Parted. Here: 1 follow-up. There: 2 follow-ups." in await slack.presses(
        "Part: each its own"
    )
    assert "Robin" in await slack.says("list all")
    listed = await thief.says("list all")
    assert "Robin" not in listed
    assert "Zed" in listed
    assert "Europe/Berlin" in await slack.says("settings"), "Slack's own are back"
    await check_folds(office)


@pytest.mark.parametrize("gone", ["unlink", "forget me"])
async def test_who_parts_at_once_is_told_of_all_the_same(office: Office, gone: str) -> None:
    slack, thief = two(office)
    await slack.says("add Robin Patel @ Acme")
    await join(slack, thief, "Join, settings from here")
    await thief.says(gone)
    await thief.presses("Part: each its own" if gone == "unlink" else "Erase what is from here")
    (told,) = await office.parcels()
    assert told.to == slack.account
    assert "somebody saw your list meanwhile" in told.message.plain()
    assert "Robin" in await slack.says("list")


async def test_a_digest_goes_elsewhere_when_the_bot_is_removed(office: Office) -> None:
    slack, discord = two(office)
    departures = Departures(office.store, office.clock.now)
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await join(discord, slack, "Join, settings from here")
    await office.mailroom.finish([(p, Delivered("D", "m")) for p in await office.parcels()])
    office.clock.time = TUESDAY
    await office.mailroom.plan()
    await departures.left(Platform.SLACK, "T1")
    (digest,) = await office.parcels()
    assert digest.to == discord.account
    assert "because I can't reach you on Slack" in digest.message.plain()
    await office.mailroom.finish([(digest, Delivered("D", "m"))])
    (digest,) = await office.morning(TUESDAY + timedelta(days=1))
    assert digest.to == discord.account
    office.clock.time += timedelta(days=31)
    assert await departures.erase_old() == 0, "who is there on Discord is not gone"
    await departures.returned(Platform.SLACK, "T1")
    assert "Robin" in await discord.says("list")


async def test_a_code_is_good_once_and_for_ten_minutes(office: Office) -> None:
    slack, discord = two(office)
    code = await code_of(slack)
    office.clock.time += timedelta(minutes=10)
    late = await discord.says(f"link {code}")
    assert "doesn't fit" in late
    code = await code_of(slack)
    other = on(office, Platform.DISCORD, "eve")
    assert "Become one?" in await other.says(f"link {code}")
    assert await discord.says(f"link {code}") == late, "taken, old or wrong: one answer"
    assert await discord.says("link BBBBB-BBBBB-BBBBB") == late
    assert await discord.says("link anything") == late
    await other.presses("Don't join")
    assert await discord.says(f"link {code}") == late
    newer, newest = await code_of(slack), await code_of(slack)
    office.clock.time += timedelta(minutes=9)
    assert await on(office, Platform.DISCORD, "kim").says(f"link {newer}") == late
    assert "Become one?" in await on(office, Platform.DISCORD, "kim").says(f"link {newest}")


async def test_ones_own_code_is_refused_kindly_and_stays_good(office: Office) -> None:
    slack, discord = two(office)
    code = await code_of(slack)
    for _ in range(9):
        assert "Enter it as your other self" in await slack.says(f"link {code}")
    await discord.says(f"link {code}")
    await discord.presses("Join, settings from here")
    again = await code_of(discord)
    assert "one already" in await slack.says(f"link {again}")


async def test_guesses_are_few_and_forgetting_does_not_help(office: Office) -> None:
    slack, thief = two(office)
    code = await code_of(slack)
    for n in range(5):
        assert "doesn't fit" in await thief.says(f"link BBBBB-BBBBB-BBBB{ALPHABET[n]}")
    waits = await thief.says("link BBBBB-BBBBB-BBBBZ")
    assert "I look at none for now" in waits
    assert await thief.says(f"link {code}") == waits, "a right one is not looked at either"
    await thief.says("forget me")
    await thief.presses("Erase everything")
    assert await thief.says(f"link {code}") == waits
    office.clock.time += timedelta(minutes=2, seconds=1)
    code = await code_of(slack)
    assert "Become one?" in await thief.says(f"link {code}")


async def test_all_guesses_together_are_limited_too(office: Office) -> None:
    slack, discord = two(office)
    code = await code_of(slack)
    for n in range(100):
        guesser = on(office, Platform.DISCORD, f"bot{n}")
        assert "doesn't fit" in await guesser.says("link BBBBB-BBBBB-BBBBB")
    assert "I look at none" in await discord.says(f"link {code}")
    office.clock.time += timedelta(minutes=5)
    await office.mailroom.tidy()
    assert "Become one?" in await discord.says(f"link {await code_of(slack)}")


async def test_no_code_is_in_the_database_or_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    slack, discord = two(office)
    code = await code_of(slack)
    await slack.says(f"link {code}")
    await slack.says(f"link {code}, digest: nowhere")
    await discord.says(f"link {code}, digest: nowhere")
    await discord.says(f"link {code} {'and more ' * 9}")
    await discord.says(f"link {code}")
    assert code not in caplog.text
    async with office.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = str((await session.execute(table.select())).all())
            assert code not in rows, table.name
            assert code.replace("-", "") not in rows, table.name
        kept = (await session.scalars(select(LinkCodeRow))).one()
        assert kept.fingerprint == fingerprint_of(code)
    office.clock.time += timedelta(days=101)
    await office.mailroom.tidy()
    async with office.store.reading() as session:
        assert list(await session.scalars(select(LinkCodeRow))) == []


async def test_old_and_foreign_buttons_do_nothing(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme")
    await discord.says(f"link {await code_of(slack)}")
    message = discord.last.message
    assert message is not None
    yes = token_of(message, "Join, settings from here")
    eve = on(office, Platform.DISCORD, "eve")
    for who in (eve, slack):
        assert "answered, or it is too old" in await who.presses_token(yes)
    assert "You are one person" in await discord.presses_token(yes)
    assert "answered, or it is too old" in await discord.presses_token(yes)
    for token in ("link:do=parted&account=1", "link:do=part&account=2"):
        assert "joined with nobody" in await eve.presses_token(token)
    assert "I know you nowhere else" in await eve.presses_token("link:do=digest")
    assert "Robin" in await discord.says("list open")


async def test_an_answer_that_comes_too_late_joins_nothing(office: Office) -> None:
    slack, discord = two(office)
    await discord.says(f"link {await code_of(slack)}")
    office.clock.time += timedelta(minutes=10)
    assert "too old" in await discord.presses("Join, settings from here")
    assert await member_id(office, slack) != await member_id(office, discord)


async def test_one_digest_where_one_chooses(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await discord.says("add Kim Sato @ Globex, 24 Nov")
    await join(slack, discord, "Join, settings from there")
    await office.mailroom.finish([(p, Delivered("D", "m")) for p in await office.parcels()])
    (digest,) = await office.morning(TUESDAY)
    assert digest.to == discord.account
    assert all(name in digest.message.plain() for name in ("Robin", "Kim"))
    assert "comes here from now on" in await slack.says("link digest: here")
    (digest,) = await office.morning(TUESDAY + timedelta(days=1))
    assert digest.to == slack.account
    await slack.says("link")
    assert "Your morning message comes here." in slack.last.message.plain()  # type: ignore[union-attr]
    assert "one person here and on Slack" in await discord.says("settings")
    assert "comes on Slack" in await discord.says("link")
    await discord.presses("Send it here")
    (digest,) = await office.morning(TUESDAY + timedelta(days=2))
    assert digest.to == discord.account


async def test_what_cannot_arrive_here_goes_there_and_says_so(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await join(slack, discord, "Join, settings from there")
    await office.mailroom.finish([(p, Delivered("D", "m")) for p in await office.parcels()])
    office.clock.time = TUESDAY
    await office.mailroom.plan()
    (digest,) = await office.parcels()
    assert digest.to == discord.account
    await office.mailroom.finish([(digest, Held("their direct messages are closed"))])
    (again,) = await office.parcels()
    assert again.to == slack.account
    assert (
        "This comes here because I can't reach you on Discord (their direct messages are closed)."
        in again.message.plain()
    )
    await office.mailroom.finish([(again, Delivered("D", "m"))])
    assert await office.parcels() == []
    (digest,) = await office.morning(TUESDAY + timedelta(days=1))
    assert digest.to == slack.account, "nobody knocks at a closed door each morning"
    await discord.says("list")
    (digest,) = await office.morning(TUESDAY + timedelta(days=2))
    assert digest.to == discord.account
    assert "because I can't reach you" not in digest.message.plain()


async def test_where_neither_can_be_reached_it_is_held(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await join(slack, discord, "Join, settings from there")
    await office.mailroom.finish([(p, Delivered("D", "m")) for p in await office.parcels()])
    office.clock.time = TUESDAY
    await office.mailroom.plan()
    for _ in range(2):
        (digest,) = await office.parcels()
        await office.mailroom.finish([(digest, Held("closed"))])
    assert await office.parcels() == []
    assert "I could not send you your last morning message" in await slack.says("list")


@pytest.mark.parametrize("label", ["Join, settings from here", "Join, settings from there"])
async def test_no_second_digest_on_the_day_of_joining(office: Office, label: str) -> None:
    slack, discord = two(office)
    await discord.says("settings zone: Europe/Berlin, hour: 9:30")
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await discord.says("add Kim Sato @ Globex, 24 Nov")
    first = await office.morning(TUESDAY)
    assert [p.to for p in first] == [slack.account]
    await join(slack, discord, label)
    sent = [p for hour in range(12) for p in await office.morning(TUESDAY + timedelta(hours=hour))]
    assert [p for p in sent if "due" in p.message.plain()] == []
    (next_day,) = await office.morning(TUESDAY + timedelta(days=1, hours=2))
    assert all(name in next_day.message.plain() for name in ("Robin", "Kim"))


async def test_of_two_digests_that_wait_one_goes_out(office: Office) -> None:
    slack, discord = two(office)
    await discord.says("settings zone: Europe/Berlin")
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await discord.says("add Kim Sato @ Globex, 24 Nov")
    office.clock.time = TUESDAY
    await office.mailroom.plan()
    await join(slack, discord)
    parcels = await office.parcels()
    (digest,) = [p for p in parcels if "due" in p.message.plain()]
    assert digest.to == discord.account
    assert all(name in digest.message.plain() for name in ("Robin", "Kim"))


async def test_digests_of_before_still_work(office: Office) -> None:
    slack, discord = two(office)
    await discord.says("settings zone: Europe/Berlin")
    await slack.says("add Robin Patel @ Acme, 24 Nov")
    await discord.says("add Kim Sato @ Globex, 24 Nov")
    parcels = {p.to: p.message for p in await office.morning(TUESDAY)}
    assert len(parcels) == 2
    await join(slack, discord)
    assert "Kim Sato, Globex: sent" in await discord.presses("Sent", on=parcels[discord.account])
    assert "Robin Patel, Acme: sent" in await slack.presses("Sent", on=parcels[slack.account])


async def test_nothing_that_names_a_member_is_left_out() -> None:
    naming = {t.name for t in Base.metadata.sorted_tables if "member_id" in t.c}
    assert naming == {table.__tablename__ for table in MOVED}


async def test_every_code_is_new(office: Office) -> None:
    slack, _ = two(office)
    said = [await slack.says("link") for _ in range(20)]
    assert len({match[0] for text in said if (match := CODE.search(text))}) == 20
    assert len(await list_of(office, slack)) == 0


async def test_settings_that_no_longer_count_are_not_brought_back_by_undo(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("settings hour: 7:00")
    before = slack.last.message
    await discord.says("settings zone: America/New_York, hour: 9:15")
    await join(slack, discord, "Join, settings from here")
    assert "the settings of the other one count" in await slack.presses("Undo", on=before)
    assert "nothing to undo" not in await discord.says("undo")
    assert "9:15" not in await slack.says("settings"), "its own can be taken back"
    await slack.says("unlink")
    await slack.presses("Part: each its own")
    assert "7:00" in await slack.says("settings")
    assert "as before" in await slack.presses("Undo", on=before)
    assert "8:30" in await slack.says("settings")


async def test_who_is_the_same_in_everything_is_one_contact_until_they_part(office: Office) -> None:
    slack, discord = two(office)
    for one in (slack, discord):
        await one.says("add Robin Patel @ Acme re: data, email, contact: robin@acme.com, 25 Nov")
        await one.says("add Kim Sato @ Globex, 25 Nov")
    await discord.says("edit Kim")
    await discord.fills(contact="kim@globex.com")
    undo = discord.last.message
    await discord.says(f"link {await code_of(slack)}")
    question = discord.last.message
    assert question is not None
    assert "1 contact is the same on both lists in everything" in question.plain()
    assert "1 contact has the same name on both lists and other details" in question.plain()
    await discord.presses("Join, settings from there")
    office.clock.time = TUESDAY + timedelta(days=1)
    assert "sent" in await slack.says("sent #1")
    assert "27 November" in await slack.says("list open"), "pings are 2 working days apart"
    await check_folds(office)
    assert "Kim" in await discord.presses("Undo", on=undo)
    await discord.says("unlink")
    await discord.presses("Part: each its own")
    for one in (slack, discord):
        listed = await list_of(office, one)
        assert sorted(who["who"][0] for who in listed.values()) == ["Kim Sato", "Robin Patel"]
    await check_folds(office)
    await slack.says("edit Robin")
    await slack.fills(name="Robin P")
    assert "Robin P," not in await discord.says("list")


async def test_a_kept_request_goes_on_after_joining(office: Office) -> None:
    slack, discord = two(office)
    await slack.imports(b"Company,Role\nAcme,Data PM\nGlobex,Ops\n")
    preview = slack.last.message
    await join(slack, discord, "Join, settings from there")
    assert "2" in await slack.presses("Import 2", on=preview)
    assert "Globex" in await discord.says("list")
    await discord.says("unlink")
    await discord.presses("Part: each its own")
    assert "Globex" in await slack.says("list")
    assert "Globex" not in await discord.says("list")
    assert "2 follow-ups are off your list" in await slack.says("undo")


async def test_the_help_tells_of_it_and_old_words_still_work(office: Office) -> None:
    dana = office.member()
    told = await dana.says("help link")
    assert "/followup link unlink" in told
    assert "/followup data export" in await dana.says("data")
    assert "/followup data import" in await dana.says("help data")
    for line in ("export", "data export"):
        assert "All your data" in await dana.says(line) or dana.last.files
    for line in ("import", "data import"):
        await dana.says(line)
        assert dana.last.form is not None
    assert "joined with nobody" in await dana.says("unlink")
    assert "/followup data export" in await dana.says("data exprt")
