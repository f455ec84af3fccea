"""What the desk knows of people and pursuits, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.domain.cadence import Position
from core.domain.calendar import WorkCalendar
from core.domain.hours import DEFAULT_ZONE, Rhythm
from core.domain.words import Channel

DEFAULT_HOUR = time(8, 30)
DEFAULT_MOST = 5


@dataclass(frozen=True)
class Member:
    """One person who uses the bot.

    - `zone`: an IANA name, or "" while unknown; `zone_named` when the member chose it.
    - `most`: how many pings a digest shows at first.
    - `last_digest_on`: the last local day that had a digest.
    """

    id: int
    zone: str = ""
    zone_named: bool = False
    hour: time = DEFAULT_HOUR
    days_off: frozenset[int] = frozenset()
    most: int = DEFAULT_MOST
    paused_until: date | None = None
    next_digest_at: datetime | None = None
    last_digest_on: date | None = None

    @property
    def tz(self) -> ZoneInfo:
        """The zone to reckon in; UTC while it is unknown."""
        return ZoneInfo(self.zone or DEFAULT_ZONE)

    @property
    def calendar(self) -> WorkCalendar:
        """The member's own working days."""
        return WorkCalendar(self.days_off)

    @property
    def rhythm(self) -> Rhythm:
        """When the digest comes."""
        return Rhythm(self.tz, self.hour, self.calendar, self.paused_until)


@dataclass(frozen=True)
class Contact:
    """The person pursued; until a name is known, the organization. `address` is how to reach."""

    id: int = 0
    name: str = ""
    organization: str = ""
    via: Channel = Channel.UNKNOWN
    address: str = ""


@dataclass(frozen=True)
class FollowUp:
    """The open pursuit of one contact about one thing.

    - `number`: the member's own, shown beside it; 1 for the first.
    - `revision`: grows with every change, so that a stale button is known.
    """

    id: int
    number: int
    contact: Contact
    about: str
    position: Position = field(compare=False)
    revision: int = 1

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
