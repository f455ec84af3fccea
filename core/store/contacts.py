"""Contacts: whom a member pursues."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.organizations import organization_key
from core.domain.names import contact_key
from core.domain.records import Contact
from core.domain.words import Channel
from core.store.tables import ContactRow
from core.store.tables.sealed import written_as

PLACE_LIMIT = 120


async def contact_like(
    session: AsyncSession, member_id: int, name: str, organization: str
) -> Contact | None:
    """The member's contact with this name and organization; nobody without a name is the same."""
    if not name:
        return None
    same = written_as(session, ContactRow.key, [contact_key(name, organization)])
    query = select(ContactRow).where(ContactRow.member_id == member_id, same)
    row = await session.scalar(query.order_by(ContactRow.id.desc()).limit(1))
    return contact_from(row) if row else None


async def save_contact(session: AsyncSession, member_id: int, contact: Contact) -> Contact:
    """Write a contact, a new one when it has no id; the record with its id."""
    if contact.id:
        row = await session.get_one(ContactRow, contact.id)
    else:
        row = ContactRow(member_id=member_id)
        session.add(row)
    row.name, row.organization = contact.name, contact.organization
    row.key = contact_key(contact.name, contact.organization)
    row.place = place_of(contact)
    row.via, row.address, row.country = contact.via, contact.address, contact.country
    await session.flush()
    return contact_from(row)


def place_of(contact: Contact) -> str:
    """What the `place` of a contact is."""
    return organization_key(contact.organization, contact.address)[:PLACE_LIMIT]


async def contact_by_id(session: AsyncSession, member_id: int, id: int) -> Contact | None:
    """One of the member's contacts."""
    query = select(ContactRow).where(ContactRow.member_id == member_id, ContactRow.id == id)
    row = await session.scalar(query)
    return contact_from(row) if row else None


def contact_from(row: ContactRow) -> Contact:
    """The domain record of a row."""
    return Contact(row.id, row.name, row.organization, Channel(row.via), row.address, row.country)
