"""Achievements and endorsements of members (M15)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.proofs import Proof
from core.store.tables import ProofRow


async def add_proof(session: AsyncSession, member_id: int, change_id: int, proof: Proof) -> Proof:
    """Keep a new one; the record with its id."""
    row = ProofRow(member_id=member_id, change_id=change_id)
    _write(row, proof)
    session.add(row)
    await session.flush()
    return replace(proof, id=row.id)


async def put_proof(session: AsyncSession, proof: Proof, *, removed: bool = False) -> None:
    """Write one as it is now; also one that was removed and is back."""
    row = await session.get_one(ProofRow, proof.id)
    _write(row, proof)
    row.voided = removed
    await session.flush()


async def proof_of(session: AsyncSession, member_id: int, id: int) -> Proof | None:
    """One of the member's; None for anybody else's and for one that was removed."""
    found = await proofs_of(session, {member_id})
    return next((proof for proof in found.get(member_id, []) if proof.id == id), None)


async def proofs_of(session: AsyncSession, member_ids: Collection[int]) -> dict[int, list[Proof]]:
    """What each of these members has, newest first."""
    query = select(ProofRow).where(ProofRow.member_id.in_(member_ids), ProofRow.voided.is_(False))
    found: dict[int, list[Proof]] = {}
    for row in await session.scalars(query.order_by(ProofRow.id.desc())):
        proof = Proof(row.id, row.text, row.by, row.knows, row.named)
        found.setdefault(row.member_id, []).append(proof)
    return found


def _write(row: ProofRow, proof: Proof) -> None:
    row.text, row.by, row.knows, row.named = proof.text, proof.by, proof.knows, proof.named
