"""Clubs: who belongs to them, what their weeks came to, and how members help each other.

Nothing here names a contact but what its owner wrote down to be shared: an offer's `whom`, an ask's
`organization`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import GOES_ALONG, Base
from core.store.tables.sealed import Sealed, SealedAlike


class ClubRow(Base):
    """One channel whose members keep each other at it.

    - `next_at` is when the next event of its week is, NULL while it is stopped; `next_kind` which,
      and `next_week` the first day of that week. `begun` is the last week that had its kickoff.
    - `kickoff`, `midweek`, `wrapup`: minutes since Monday 0:00; `midweek` NULL for none.
    - `shut` says why nothing can be written there, since `shut_at`; "" while it can.
    - `quiet`: weeks in a row in which nobody made a ping; `asked` once whether to go on.
    - `nudge_at`: when to look for members who wanted a nudge after days of silence.
    """

    __tablename__ = "clubs"
    __table_args__ = (UniqueConstraint("platform", "workspace", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    platform: Mapped[str] = mapped_column(String(16))
    workspace: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(64))
    server: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[str] = mapped_column(Sealed("clubs.name"))
    zone: Mapped[str] = mapped_column(String(64))
    week_start: Mapped[int] = mapped_column(default=0)
    kickoff: Mapped[int]
    midweek: Mapped[int | None]
    wrapup: Mapped[int]
    pace: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8), default="")
    revision: Mapped[int] = mapped_column(default=1)
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    next_kind: Mapped[str] = mapped_column(String(16), default="")
    next_week: Mapped[date | None]
    begun: Mapped[date | None]
    nudge_at: Mapped[datetime | None] = mapped_column(index=True)
    rolled_at: Mapped[datetime | None]
    shut: Mapped[str] = mapped_column(String(200), default="")
    shut_at: Mapped[datetime | None] = mapped_column(index=True)
    quiet: Mapped[int] = mapped_column(default=0)
    asked: Mapped[bool] = mapped_column(default=False)


class OrganizerRow(Base):
    """Somebody who looks after a club, whether or not they joined it."""

    __tablename__ = "organizers"
    __table_args__ = (UniqueConstraint("club_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)


class MembershipRow(Base):
    """One member in one club, and what they agreed to.

    - `name`: as the club knows them; `sharing`: how much it sees.
    - `matches`: whether they want to hear of others who pursue the same organization.
    - `buddy`: whether they want one; `skips` the first day of a week without one; `unanswered`
      pairings in a row.
    - `nudge_after`: days of silence after which their buddy may be told; 0 for never.
    - `alum`: has landed a job and stays to help.
    """

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("club_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    joined_on: Mapped[date]
    name: Mapped[str] = mapped_column(Sealed("memberships.name"), default="")
    sharing: Mapped[str] = mapped_column(String(8))
    matches: Mapped[bool] = mapped_column(default=False)
    buddy: Mapped[bool] = mapped_column(default=False)
    skips: Mapped[date | None]
    unanswered: Mapped[int] = mapped_column(default=0)
    nudge_after: Mapped[int] = mapped_column(default=0)
    alum: Mapped[bool] = mapped_column(default=False)
    streak: Mapped[int] = mapped_column(default=0)


class EntryRow(Base):
    """One member's week in a club: the goal, and once it is over what was made of what was due."""

    __tablename__ = "club_entries"
    __table_args__ = (UniqueConstraint("membership_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    week: Mapped[date]
    goal: Mapped[int | None]
    made: Mapped[int | None]
    due: Mapped[int | None]
    streak: Mapped[int] = mapped_column(default=0)


class ClubWeekRow(Base):
    """What one week came to for the club as a whole. It stays when members go: it names nobody.

    `groups` are how many members reached their goal, were on their way, or had a quiet week. It is
    `settled` once streaks have been reckoned with it: that happens once.
    """

    __tablename__ = "club_weeks"
    __table_args__ = (UniqueConstraint("club_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    week: Mapped[date]
    members: Mapped[int]
    goals: Mapped[int]
    reached: Mapped[int]
    made: Mapped[int]
    due: Mapped[int]
    groups: Mapped[dict[str, Any]] = mapped_column(JSON)
    settled: Mapped[bool] = mapped_column(default=False)


class BuddyRow(Base):
    """One member's part in a pair (or three) of a week.

    - `pair` is the same for those who belong together.
    - `answered`: they said that they spoke, or anything else.
    - `nudges`: whether they agreed to nudge the others who asked for it; NULL while asked.
    - `nudged_on`: the last day on which they were told that their buddy is silent.
    """

    __tablename__ = "buddies"
    __table_args__ = (
        UniqueConstraint("membership_id", "week"),
        Index(None, "club_id", "week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    week: Mapped[date]
    pair: Mapped[int]
    answered: Mapped[bool] = mapped_column(default=False)
    nudges: Mapped[bool | None]
    nudged_on: Mapped[date | None]


class PostRow(Base):
    """What a member let the bot say to their club, as they previewed it.

    `kind` is "ask" or "win"; `organization` is what an ask is about, `text` the words of a win.
    `named` says whether the club reads who it is. An ask that is over is `closed`.
    """

    __tablename__ = "club_posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(8))
    organization: Mapped[str] = mapped_column(Sealed("club_posts.organization"), default="")
    text: Mapped[str] = mapped_column(Sealed("club_posts.text"), default="")
    named: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(Sealed("club_posts.name"), default="")
    closed: Mapped[bool] = mapped_column(default=False)


class OfferRow(Base):
    """An answer to an ask: somebody may know somebody. `member_id` is who offers.

    `whom` is what they handed over: nobody writes it down before both have said yes; see
    `core.domain.clubs.introductions`.
    """

    __tablename__ = "offers"
    __table_args__ = (UniqueConstraint("post_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("club_posts.id", info={GOES_ALONG: True}))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    whom: Mapped[str] = mapped_column(Sealed("offers.whom"), default="")
    endorsed: Mapped[bool] = mapped_column(default=False)


class MatchRow(Base):
    """Two members of a club who pursue the same organization, and who of them wants to be known.

    `key` is the organization's, folded. Each pair is told once for each organization.
    """

    __tablename__ = "matches"
    __table_args__ = (UniqueConstraint("club_id", "first_id", "second_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    key: Mapped[str] = mapped_column(SealedAlike("matches.key"))
    first_says: Mapped[bool | None]
    second_says: Mapped[bool | None]
