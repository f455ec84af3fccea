"""What is said beside a pitch's picture."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.angles import Ground, Known
from core.domain.pitches import Pitch
from core.domain.records import FollowUp
from core.domain.words import Angle
from core.language import tr
from core.reply import Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Resume, Sent
from core.text import Text, say
from core.tokens import token
from core.voice.proofs import why_chosen
from core.voice.words import listed


def cut() -> Paragraph:
    """Said where a text was too long for the picture."""
    return Paragraph(
        (
            say(
                "Not all of it had room, even in small type: where it is cut there is an ellipsis "
                "(…). **Change it** opens the form, to say it in fewer words."
            ),
        )
    )


def pitch_message(
    followup: FollowUp, pitch: Pitch, known: Known, kept: int, unnamed: Sequence[str]
) -> Message:
    """What the picture says, why this proof, and what to do with it.

    `kept` opens the form anew; `unnamed` are the names that the picture has no letters for.
    """
    sent = Sent(target=followup.id, seen=followup.revision, angle=Angle.RESULT.value)
    lines = [
        say("The picture is for a chat, the PDF to attach. Send them from your own account."),
        *_chosen(pitch, known),
        *_unnamed(unnamed),
        *(
            []
            if pitch.by
            else [say("Your name is not on it yet: `/followup settings` asks for it.")]
        ),
    ]
    return Message(
        (
            Heading(tr("Your pitch for {title}", title=followup.title)[:140]),
            Paragraph(tuple(lines)),
            Actions(
                (
                    Button(tr("Change it"), token(Resume(kept=kept, form=True)), Tone.PRIMARY),
                    Button(tr("Sent"), token(sent)),
                )
            ),
        )
    )


def _chosen(pitch: Pitch, known: Known) -> list[Text]:
    """Why this proof, as far as it is from what the member keeps."""
    found = []
    if pitch.achievement in known.achievements:
        why = why_chosen(Ground.ACHIEVEMENT, pitch.achievement, known)
        found.append(say("Achievement. {why}", why=why))
    if pitch.endorsement in known.endorsements:
        why = why_chosen(Ground.ENDORSEMENT, pitch.endorsement, known)
        found.append(say("Endorsement. {why}", why=why))
    return found


def _unnamed(names: Sequence[str]) -> list[Text]:
    if not names:
        return []
    return [
        say(
            "I have no letters for {names} in my pictures, so the last line leaves that out.",
            names=listed(names),
        )
    ]
