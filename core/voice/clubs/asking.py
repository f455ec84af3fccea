"""What a member asks or tells a club: previewed word for word, and then posted."""

from __future__ import annotations

from core.domain.clubs.records import Club, Post
from core.language import N_, tr
from core.reply import Actions, Button, Divider, Message, Paragraph, Tone
from core.requests import MayKnow, Publish
from core.text import Text, say
from core.tokens import token
from core.voice.clubs.common import A_MEMBER, as_the_club_reads, told, unnamed

NAMELESS = N_("The club doesn't know your name. Say it first: `/followup club join name: Dana`.")


# --- the words that the club reads ---------------------------------------------------


def ask_post(organization: str, name: str, post: int) -> Message:
    """An ask in the channel. `name` is "" for who does not want to be named."""
    button = Button(tr("I may know somebody"), token(MayKnow(post=post)))
    return told(*_ask_lines(organization, name), actions=(button,))


def _ask_lines(organization: str, name: str) -> tuple[Text, ...]:
    who = name or tr(A_MEMBER)
    return (
        say(
            "**{who}** would value an introduction at **{organization}**.",
            who=who,
            organization=organization,
        ),
        say(
            "Do you know somebody there? Answer in private. Nothing is shown to anybody before "
            "both of you have said yes."
        ),
    )


def win_post(text: str, name: str) -> Message:
    """A win in the channel, in the member's own words."""
    return told(*_win_lines(text, name))


def _win_lines(text: str, name: str) -> tuple[Text, ...]:
    who = name or tr(A_MEMBER)
    return (say("**{who}** landed a job.", who=who), say("“{text}”", text=text))


# --- previews ------------------------------------------------------------------------


def ask_preview(
    club: Club, organization: str, name: str, kept: int, *, anew: bool = False
) -> Message:
    """The exact words, in the club's language, before anything is posted.

    `anew`: they were seen before in the language that it had then.
    """
    with as_the_club_reads(club):
        lines = _ask_lines(organization, "")
    return _preview(club, lines, name, kept, anew)


def win_preview(club: Club, text: str, name: str, kept: int, *, anew: bool = False) -> Message:
    """As `ask_preview`."""
    with as_the_club_reads(club):
        lines = _win_lines(text, "")
    return _preview(club, lines, name, kept, anew)


def _preview(club: Club, lines: tuple[Text, ...], name: str, kept: int, anew: bool) -> Message:
    intro = say(
        "**{club}** reads another language now, so nothing was posted yet. This is what it would "
        "read:"
        if anew
        else "This is what **{club}** would read in its channel:",
        club=club.name,
    )
    outro = (
        say(
            "With your name it says **{name}** instead of “{member}”.",
            name=name,
            member=unnamed(club),
        )
        if name
        else say("The club doesn't know your name, so it is not in it.")
    )
    without = Button(tr("Post it"), token(Publish(kept=kept)), Tone.PRIMARY)
    named = Button(tr("Post it with my name"), token(Publish(kept=kept, named=True)))
    cancel = Button(tr("Don't post"), token(Publish(kept=kept, cancel=True)))
    actions = (without, named, cancel) if name else (without, cancel)
    return Message(
        (
            Paragraph((intro,)),
            Divider(),
            Paragraph(lines),
            Divider(),
            Paragraph((outro,)),
            Actions(actions),
        )
    )


def posted(club: Club, post: Post) -> Message:
    """It goes to the channel."""
    return told(
        say(
            "It goes to **{club}** now, under your name."
            if post.named
            else "It goes to **{club}** now, without your name.",
            club=club.name,
        )
    )


def not_posted() -> Message:
    """It was only a preview."""
    return told(say("Nothing was posted."))
