"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STUCK = sa.text("state IN ('held', 'dead')")


def upgrade() -> None:
    """Go on to this schema."""
    op.create_table(
        "arrivals",
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_arrivals")),
    )
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrivals_at"), ["at"], unique=False)

    op.create_table(
        "duties",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duties")),
    )
    op.create_table(
        "lanes",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queue_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lanes")),
    )
    op.create_table(
        "seals",
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("probe", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_seals")),
    )
    op.create_table(
        "slack_installations",
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.String(length=64), nullable=False),
        sa.Column("app", sa.String(length=64), nullable=False),
        sa.Column("bot", sa.String(length=64), nullable=False),
        sa.Column("bot_user", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client", "team", name=op.f("pk_slack_installations")),
    )
    op.create_table(
        "members",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("zone_named", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("digest_minute", NUMBER, nullable=False),
        sa.Column("days_off", sa.String(length=20), nullable=False),
        sa.Column("most", NUMBER, nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("ignored", NUMBER, nullable=False),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.Column("last_number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_members_next_digest_at"), ["next_digest_at"], unique=False
        )

    op.create_table(
        "accounts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("home", sa.String(length=100), server_default="", nullable=False),
        sa.Column("installed", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("takes_digest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("unreachable", sa.String(length=200), server_default="", nullable=False),
        sa.Column("settings", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_accounts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint(
            "platform", "workspace", "user", name=op.f("uq_accounts_platform_workspace_user")
        ),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_left_at"), ["left_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_member_id"), ["member_id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_contacts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_member_id_key"), ["member_id", "key"], unique=False
        )

    op.create_table(
        "kept_requests",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_kept_requests_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_requests")),
    )
    with op.batch_alter_table("kept_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_requests_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_requests_member_id"), ["member_id"], unique=False)

    _link_codes()
    _clubs()
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=True),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("club_id", NUMBER, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("about", NUMBER, server_default=sa.text("0"), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deliveries_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["club_id"], ["clubs.id"], name=op.f("fk_deliveries_club_id_clubs")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_deliveries_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "club_id", "kind", "day", "about", name=op.f("uq_deliveries_club_id_kind_day_about")
        ),
        sa.UniqueConstraint(
            "member_id", "kind", "day", "about", name=op.f("uq_deliveries_member_id_kind_day_about")
        ),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliveries_not_before_id"), ["not_before", "id"], unique=False
        )
        batch_op.create_index(
            "ix_deliveries_stuck", ["id"], sqlite_where=STUCK, postgresql_where=STUCK
        )

    op.create_table(
        "followups",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("contact_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.String(length=16), nullable=False),
        sa.Column("trust", sa.String(length=16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("cycle", NUMBER, nullable=False),
        sa.Column("unanswered", NUMBER, nullable=False),
        sa.Column("rests", NUMBER, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("because", sa.String(length=16), nullable=False),
        sa.Column("because_count", NUMBER, nullable=False),
        sa.Column("because_moved", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.String(length=24), nullable=True),
        sa.Column("last_ping_on", sa.Date(), nullable=True),
        sa.Column("because_spaced", sa.Boolean(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("mornings", NUMBER, nullable=False),
        sa.Column("skipped", sa.String(length=200), nullable=False),
        sa.Column("referred_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_followups_contact_id_contacts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_followups_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["referred_by"], ["followups.id"], name=op.f("fk_followups_referred_by_followups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followups")),
        sa.UniqueConstraint("member_id", "number", name=op.f("uq_followups_member_id_number")),
    )
    with op.batch_alter_table("followups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followups_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_followups_member_id_due_on"), ["member_id", "due_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_followups_referred_by"), ["referred_by"], unique=False)

    op.create_table(
        "changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("followup_id", NUMBER, nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["followup_id"], ["followups.id"], name=op.f("fk_changes_followup_id_followups")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_changes_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_followup_id"), ["followup_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_changes_member_id_undone_id"),
            ["member_id", "undone", "id"],
            unique=False,
        )

    op.create_table(
        "insights",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("voided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_insights_change_id_changes")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_insights_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insights")),
    )
    with op.batch_alter_table("insights", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insights_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_insights_member_id_key"), ["member_id", "key"], unique=False
        )

    op.create_table(
        "proofs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("knows", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("voided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_proofs_change_id_changes")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_proofs_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs")),
    )
    with op.batch_alter_table("proofs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proofs_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proofs_member_id"), ["member_id"], unique=False)

    op.create_table(
        "touches",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("followup_id", NUMBER, nullable=False),
        sa.Column("change_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("angle", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=True),
        sa.Column("voided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_touches_change_id_changes")
        ),
        sa.ForeignKeyConstraint(
            ["followup_id"], ["followups.id"], name=op.f("fk_touches_followup_id_followups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
    )
    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touches_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_touches_followup_id_id"), ["followup_id", "id"], unique=False
        )
    _club_life()


def _link_codes() -> None:
    op.create_table(
        "link_codes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entered_id", NUMBER, nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_link_codes_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["entered_id"], ["accounts.id"], name=op.f("fk_link_codes_entered_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_link_codes_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_link_codes_fingerprint")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("link_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_codes_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_codes_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_codes_entered_id"), ["entered_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_codes_member_id"), ["member_id"], unique=False)


def _clubs() -> None:
    """The clubs themselves, to which deliveries refer."""
    op.create_table(
        "clubs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("server", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("week_start", NUMBER, nullable=False),
        sa.Column("kickoff", NUMBER, nullable=False),
        sa.Column("midweek", NUMBER, nullable=True),
        sa.Column("wrapup", NUMBER, nullable=False),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_kind", sa.String(length=16), nullable=False),
        sa.Column("next_week", sa.Date(), nullable=True),
        sa.Column("begun", sa.Date(), nullable=True),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shut", sa.String(length=200), nullable=False),
        sa.Column("shut_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet", NUMBER, nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clubs")),
        sa.UniqueConstraint(
            "platform", "workspace", "channel", name=op.f("uq_clubs_platform_workspace_channel")
        ),
    )
    with op.batch_alter_table("clubs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clubs_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_clubs_nudge_at"), ["nudge_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_clubs_shut_at"), ["shut_at"], unique=False)


def _club_life() -> None:
    """Who belongs to a club, what its weeks came to, and how members help each other."""
    op.create_table(
        "club_weeks",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("members", NUMBER, nullable=False),
        sa.Column("goals", NUMBER, nullable=False),
        sa.Column("reached", NUMBER, nullable=False),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("due", NUMBER, nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["club_id"], ["clubs.id"], name=op.f("fk_club_weeks_club_id_clubs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_weeks")),
        sa.UniqueConstraint("club_id", "week", name=op.f("uq_club_weeks_club_id_week")),
    )
    op.create_table(
        "club_posts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_club_posts_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["club_id"], ["clubs.id"], name=op.f("fk_club_posts_club_id_clubs")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_club_posts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_posts")),
    )
    with op.batch_alter_table("club_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_club_posts_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_club_posts_club_id"), ["club_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_club_posts_member_id"), ["member_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sharing", sa.String(length=8), nullable=False),
        sa.Column("matches", sa.Boolean(), nullable=False),
        sa.Column("buddy", sa.Boolean(), nullable=False),
        sa.Column("skips", sa.Date(), nullable=True),
        sa.Column("unanswered", NUMBER, nullable=False),
        sa.Column("nudge_after", NUMBER, nullable=False),
        sa.Column("alum", sa.Boolean(), nullable=False),
        sa.Column("streak", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["club_id"], ["clubs.id"], name=op.f("fk_memberships_club_id_clubs")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_memberships_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("club_id", "member_id", name=op.f("uq_memberships_club_id_member_id")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_member_id"), ["member_id"], unique=False)

    op.create_table(
        "organizers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_organizers_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["club_id"], ["clubs.id"], name=op.f("fk_organizers_club_id_clubs")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_organizers_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizers")),
        sa.UniqueConstraint("club_id", "account_id", name=op.f("uq_organizers_club_id_account_id")),
    )
    with op.batch_alter_table("organizers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizers_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organizers_member_id"), ["member_id"], unique=False)

    op.create_table(
        "buddies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("membership_id", NUMBER, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("pair", NUMBER, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("nudges", sa.Boolean(), nullable=True),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_buddies_club_id_clubs")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_buddies_membership_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddies")),
        sa.UniqueConstraint("membership_id", "week", name=op.f("uq_buddies_membership_id_week")),
    )
    with op.batch_alter_table("buddies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_buddies_club_id_week"), ["club_id", "week"], unique=False
        )

    op.create_table(
        "club_entries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("membership_id", NUMBER, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("goal", NUMBER, nullable=True),
        sa.Column("made", NUMBER, nullable=True),
        sa.Column("due", NUMBER, nullable=True),
        sa.Column("streak", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_club_entries_membership_id_memberships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_entries")),
        sa.UniqueConstraint(
            "membership_id", "week", name=op.f("uq_club_entries_membership_id_week")
        ),
    )
    op.create_table(
        "matches",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("club_id", NUMBER, nullable=False),
        sa.Column("first_id", NUMBER, nullable=False),
        sa.Column("second_id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("first_says", sa.Boolean(), nullable=True),
        sa.Column("second_says", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("fk_matches_club_id_clubs")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["memberships.id"], name=op.f("fk_matches_first_id_memberships")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["memberships.id"], name=op.f("fk_matches_second_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint(
            "club_id",
            "first_id",
            "second_id",
            "key",
            name=op.f("uq_matches_club_id_first_id_second_id_key"),
        ),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matches_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matches_second_id"), ["second_id"], unique=False)

    op.create_table(
        "offers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("post_id", NUMBER, nullable=False),
        sa.Column("member_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("endorsed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_offers_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_offers_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["club_posts.id"], name=op.f("fk_offers_post_id_club_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("post_id", "account_id", name=op.f("uq_offers_post_id_account_id")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_member_id"), ["member_id"], unique=False)
