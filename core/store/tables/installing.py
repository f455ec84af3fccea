"""The workspaces that installed the app, with their tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import Base
from core.store.tables.sealed import Sealed


class InstallationRow(Base):
    """The one installation of an app (`client`) in a workspace.

    No person stands here: who installed it is nobody's business afterwards.
    """

    __tablename__ = "slack_installations"

    client: Mapped[str] = mapped_column(String(64), primary_key=True)
    team: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Sealed("slack_installations.name"))
    enterprise: Mapped[str] = mapped_column(String(64))
    app: Mapped[str] = mapped_column(String(64))
    bot: Mapped[str] = mapped_column(String(64))
    bot_user: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(Sealed("slack_installations.token"))
    refresh: Mapped[str] = mapped_column(Sealed("slack_installations.refresh"))
    expires_at: Mapped[datetime | None]
    installed_at: Mapped[datetime]
