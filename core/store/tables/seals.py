"""Which keys have sealed something in this database; see `core.store.seals`."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import Base
from core.store.tables.sealed import Sealed


class SealRow(Base):
    """A key by its short id, and a word sealed with it: who opens it has that key.

    It is `whole` once nothing in the database is plain or sealed with another key.
    """

    __tablename__ = "seals"

    key: Mapped[str] = mapped_column(String(8), primary_key=True)
    probe: Mapped[str] = mapped_column(Sealed("seals.probe"))
    whole: Mapped[bool]
