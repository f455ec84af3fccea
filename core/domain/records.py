"""What the desk knows of people and pursuits, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.domain.cadence import RULES, Position, Rules
from core.domain.calendar import Pause, WorkCalendar, calendar_of
from core.domain.holidays import country_of
from core.domain.hours import DEFAULT_ZONE, Rhythm, zone_of
from core.domain.words import Channel, Pace

DEFAULT_HOUR = time(8, 30)
DEFAULT_MOST = 5


@dataclass(frozen=True)
class Member:
    """One person who uses the bot.

    - `zone`: an IANA name, or "" while unknown; `zone_named` when the member chose it.
    - `name`: how the member signs; `locale`: as the platform tells it, such as en-US; "" unknown.
    - `language`: the code of the one that they chose to be spoken to in; "" for that of the locale.
    - `most`: how many pings a digest shows at first.
    - `last_digest_on`: the last local day that had a digest.
    - `ignored`: digests in a row since the member was last heard of; `asked` once whether to go
      `weekly` (M7).
    """

    id: int
    zone: str = ""
    zone_named: bool = False
    name: str = ""
    locale: str = ""
    language: str = ""
    hour: time = DEFAULT_HOUR
    days_off: frozenset[int] = frozenset()
    most: int = DEFAULT_MOST
    pauses: tuple[Pause, ...] = ()
    pace: Pace = Pace.STEADY
    weekly: bool = False
    asked: bool = False
    ignored: int = 0
    next_digest_at: datetime | None = None
    last_digest_on: date | None = None

    @property
    def tz(self) -> ZoneInfo:
        """The zone to reckon in; UTC while it is unknown."""
        return zone_of(self.zone or DEFAULT_ZONE)

    @property
    def country(self) -> str:
        """Where the member lives, as far as the zone tells."""
        return country_of(self.zone)

    @property
    def rules(self) -> Rules:
        """What the member's pace makes of the waits."""
        return RULES[self.pace]

    @property
    def calendar(self) -> WorkCalendar:
        """The member's own working days: on a public holiday one may still have time to write."""
        return calendar_of(self.days_off, self.pauses)

    @property
    def rhythm(self) -> Rhythm:
        """When the digest comes."""
        return Rhythm(self.tz, self.hour, self.calendar, self.weekly)

    def calendar_with(self, contact: Contact) -> WorkCalendar:
        """The days on which a ping to that contact may fall due: no holiday of theirs either."""
        return calendar_of(self.days_off, self.pauses, contact.country or self.country)

    def pause_on(self, day: date) -> Pause | None:
        """The pause that the day is in, if any."""
        return next((pause for pause in self.pauses if day in pause), None)


@dataclass(frozen=True)
class Contact:
    """The person pursued; until a name is known, the organization.

    - `address`: how to reach them.
    - `country`: whose public holidays they keep, as DE or US-CA; "" for the member's own.
    """

    id: int = 0
    name: str = ""
    organization: str = ""
    via: Channel = Channel.UNKNOWN
    address: str = ""
    country: str = ""


@dataclass(frozen=True)
class FollowUp:
    """The open pursuit of one contact about one thing.

    - `number`: the member's own, shown beside it; 1 for the first.
    - `revision`: grows with every move, so that a stale button is known.
    - `mornings`: digests that showed it since it last moved.
    - `skipped`: angles passed over since it last moved.
    - `referred_by`: the follow-up whose contact led to this one; 0 for none.
    """

    id: int
    number: int
    contact: Contact
    about: str
    position: Position = field(compare=False)
    revision: int = 1
    mornings: int = 0
    skipped: tuple[str, ...] = ()
    referred_by: int = 0

    @property
    def title(self) -> str:
        """What to call it in a line: the name, or the organization while there is none."""
        return self.contact.name or self.contact.organization

    @property
    def full_title(self) -> str:
        """Name and organization, as one would type them."""
        name, organization = self.contact.name, self.contact.organization
        if name and organization:
            return f"{name} @ {organization}"
        return name or f"@ {organization}"
