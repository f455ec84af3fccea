"""Proof (M15): achievements and endorsements, kept for drafts and pitches."""

from __future__ import annotations

from dataclasses import asdict

from core.domain.proofs import MOST_PROOFS
from core.domain.proofs import Proof as Kept
from core.language import N_
from core.problem import Problem
from core.reply import Message, Reply
from core.requests import Proof, RemoveProof
from core.store import changes, proofs
from core.store.changes import Change
from core.usecases.work import Work
from core.voice import proofs as voice

GONE = N_("That one is not among your proof any more. `/followup proof` shows what is.")


async def proof(work: Work, request: Proof) -> Reply:
    """Show what there is, keep a new one, or change one."""
    if not request.text and not request.filled:
        if request.by or request.knows:
            raise Problem("What did they say of you? Write it first.", field="text")
        return Reply(await list_message(work, 1))
    new = _made(request)
    old = await _one(work, request.item) if request.item else None
    if old is None:
        await _refuse_too_many(work)
    elif old == new:
        return Reply(await list_message(work, 1))
    before = {"proof": asdict(old)} if old else {}
    change = await changes.begin_change(
        work.session, work.member.id, request.verb, work.now, None, before
    )
    if old is None:
        await proofs.add_proof(work.session, work.member.id, change, new)
    else:
        await proofs.put_proof(work.session, new)
    return Reply(voice.kept(new, change, is_new=old is None))


async def remove(work: Work, request: RemoveProof) -> Reply:
    """Remove one; it can be undone."""
    old = await _one(work, request.item)
    before = {"proof": asdict(old)}
    change = await changes.begin_change(
        work.session, work.member.id, request.verb, work.now, None, before
    )
    await proofs.put_proof(work.session, old, removed=True)
    return Reply(voice.removed(old, change))


async def put_back(work: Work, change: Change) -> None:
    """What a change of proof altered is as it was before; what it added is void already."""
    if "proof" in change.before:
        await proofs.put_proof(work.session, Kept(**change.before["proof"]))


async def list_message(work: Work, page: int) -> Message:
    """One page of what there is."""
    found = await proofs.proofs_of(work.session, {work.member.id})
    return Message(tuple(voice.list_blocks(found.get(work.member.id, []), page)))


async def current(work: Work, request: Proof) -> dict[str, str]:
    """The values of the one that is to be changed, by field, as a form shows them."""
    if not request.item:
        return {}
    old = await _one(work, request.item)
    named = "" if not old.by else "yes" if old.named else "no"
    return {"text": old.text, "by": old.by, "knows": old.knows, "named": named}


def _made(request: Proof) -> Kept:
    if not request.text:
        raise Problem(
            "Write what you achieved, or what somebody said of you, in a sentence.", field="text"
        )
    made = Kept(request.item, request.text, request.by, request.knows, request.named == "yes")
    if not made.by and (made.knows or made.named):
        raise Problem("Who said it? An achievement of your own needs neither.", field="by")
    name = made.name_given_away()
    if name:
        raise Problem(
            "The words hold the name “{name}”. Leave it out, or say that they agreed to be named.",
            field="named",
            name=name,
        )
    return made


async def _one(work: Work, id: int) -> Kept:
    found = await proofs.proof_of(work.session, work.member.id, id)
    if found is None:
        raise Problem(GONE)
    return found


async def _refuse_too_many(work: Work) -> None:
    found = await proofs.proofs_of(work.session, {work.member.id})
    if len(found.get(work.member.id, [])) >= MOST_PROOFS:
        raise Problem(
            "You have {most} already, more than one can choose from. Remove one first: "
            "`/followup proof`.",
            most=MOST_PROOFS,
        )
