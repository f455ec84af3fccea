"""Achievements and endorsements: listed, kept, and why one of them was chosen (M15)."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.angles import Ground, Known
from core.domain.proofs import Proof, shared_words
from core.language import N_, tr
from core.reply import Actions, Block, Button, Divider, Heading, Message, Paragraph, Tone
from core.requests import Ask, RemoveProof, ShowView
from core.text import Text, clip, say
from core.tokens import token
from core.voice.days import count
from core.voice.rows import undo_button
from core.voice.words import listed

PAGE = 5
QUOTE = 200
EMPTY = N_(
    "What have you done that somebody would pay for? Keep it here with a number, and what others "
    "say of you: your drafts and pitches choose what fits whoever reads them."
)
EXAMPLE = N_("`/followup proof Cut the weekly report from 3 days to 2 hours`")
_SHARED = 3


def list_blocks(proofs: Sequence[Proof], page: int) -> list[Block]:
    """One page, newest first. `page` counts from 1 and is kept in range."""
    pages = max(1, (len(proofs) + PAGE - 1) // PAGE)
    page = max(1, min(page, pages))
    view = f"p{page}"
    add = Button(tr("Add proof"), token(Ask(form="proof", view=view)), Tone.PRIMARY)
    if not proofs:
        return [Heading(tr("Your proof")), Paragraph((say(EMPTY), say(EXAMPLE))), Actions((add,))]
    blocks: list[Block] = [Heading(_heading(proofs))]
    for proof in proofs[(page - 1) * PAGE : page * PAGE]:
        blocks += [Paragraph(tuple(_lines(proof))), Actions(_row(proof, view))]
    return [*blocks, Divider(), Actions((add, *_turns(page, pages)))]


def kept(proof: Proof, change: int, *, is_new: bool) -> Message:
    """The answer to one that was kept or changed."""
    line, *others = _lines(proof)
    lines = [say("Kept: {line}" if is_new else "Changed: {line}", line=line), *others]
    return Message((Paragraph(tuple(lines)), Actions((undo_button(change),))))


def removed(proof: Proof, change: int) -> Message:
    """The answer to one that was removed."""
    line = say("Removed: “{text}”", text=clip(proof.text, QUOTE))
    return Message((Paragraph((line,)), Actions((undo_button(change),))))


def why_chosen(ground: Ground, fact: str, known: Known) -> Text:
    """Which of the member's proof a draft holds, and why that one; empty where it holds none."""
    if ground not in (Ground.ACHIEVEMENT, Ground.ENDORSEMENT):
        return ()
    others = known.achievements if ground is Ground.ACHIEVEMENT else known.endorsements
    shared = shared_words(fact, known)[:_SHARED]
    if shared:
        quoted = listed([tr("“{word}”", word=word) for word in shared])
        return say(
            "From your proof: chosen because it shares {words} with what they need.", words=quoted
        )
    if len(others) == 1:
        return say("From your proof: the only one that you keep.")
    if any(character.isdigit() for character in fact):
        return say(
            "From your proof: chosen because it has a number in it, and none says more of what "
            "they need."
        )
    return say(
        "From your proof: chosen because it is your newest, and none says more of what they need."
    )


def _heading(proofs: Sequence[Proof]) -> str:
    said = sum(proof.is_endorsement for proof in proofs)
    achieved, endorsed = count(len(proofs) - said, "achievement"), count(said, "endorsement")
    if 0 < said < len(proofs):
        return tr("Your proof: {first}, {second}", first=achieved, second=endorsed)
    return tr("Your proof: {what}", what=endorsed if said else achieved)


def _lines(proof: Proof) -> list[Text]:
    if not proof.is_endorsement:
        return [say("**{text}**", text=clip(proof.text, QUOTE))]
    who = f"{proof.by}, {proof.knows}" if proof.knows else proof.by
    leave = tr("may be named" if proof.named else "not to be named: drafts leave the name out")
    return [
        say("“{text}”", text=clip(proof.text, QUOTE)),
        say("{who} · {leave}", who=who, leave=leave),
    ]


def _row(proof: Proof, view: str) -> tuple[Button, ...]:
    return (
        Button(tr("Edit"), token(Ask(form="proof", target=proof.id, view=view))),
        Button(tr("Remove"), token(RemoveProof(item=proof.id, view=view))),
    )


def _turns(page: int, pages: int) -> tuple[Button, ...]:
    turns = []
    if page > 1:
        turns.append(Button(tr("Previous"), token(ShowView(view=f"p{page - 1}"))))
    if page < pages:
        turns.append(Button(tr("Next"), token(ShowView(view=f"p{page + 1}"))))
    return tuple(turns)
