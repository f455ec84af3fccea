"""What a member asks or tells a club: previewed word for word, and then posted."""

from __future__ import annotations

from core.domain.clubs.records import Club, Post
from core.reply import Actions, Button, Divider, Message, Paragraph, Tone
from core.requests import MayKnow, Publish
from core.text import Text, say
from core.tokens import token
from core.voice.clubs.common import told

NAMELESS = "The club doesn't know your name. Say it first: `/followup club join name: Dana`."
_PRIVATE = "Nothing is shown to anybody before both of you have said yes."


# --- the words that the club reads ---------------------------------------------------


def ask_post(organization: str, name: str, post: int) -> Message:
    """An ask in the channel. `name` is "" for who does not want to be named."""
    button = Button("I may know somebody", token(MayKnow(post=post)))
    return told(*_ask_lines(organization, name), actions=(button,))


def _ask_lines(organization: str, name: str) -> tuple[Text, ...]:
    who = name or "A member"
    return (
        say(
            "**{who}** would value an introduction at **{organization}**.",
            who=who,
            organization=organization,
        ),
        say("Do you know somebody there? Answer in private. {private}", private=_PRIVATE),
    )


def win_post(text: str, name: str) -> Message:
    """A win in the channel, in the member's own words."""
    return told(*_win_lines(text, name))


def _win_lines(text: str, name: str) -> tuple[Text, ...]:
    who = name or "A member"
    return (say("**{who}** landed a job.", who=who), say("“{text}”", text=text))


# --- previews ------------------------------------------------------------------------


def ask_preview(club: Club, organization: str, name: str, kept: int) -> Message:
    """The exact words, before anything is posted."""
    return _preview(club, _ask_lines(organization, ""), name, kept)


def win_preview(club: Club, text: str, name: str, kept: int) -> Message:
    """The exact words, before anything is posted."""
    return _preview(club, _win_lines(text, ""), name, kept)


def _preview(club: Club, lines: tuple[Text, ...], name: str, kept: int) -> Message:
    intro = say("This is what **{club}** would read in its channel:", club=club.name)
    outro = (
        say("With your name it says **{name}** instead of “A member”.", name=name)
        if name
        else say("The club doesn't know your name, so it is not in it.")
    )
    without = Button("Post it", token(Publish(kept=kept)), Tone.PRIMARY)
    named = Button("Post it with my name", token(Publish(kept=kept, named=True)))
    cancel = Button("Don't post", token(Publish(kept=kept, cancel=True)))
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
    who = "under your name" if post.named else "without your name"
    return told(say("It goes to **{club}** now, {who}.", club=club.name, who=who))


def not_posted() -> Message:
    """It was only a preview."""
    return told(say("Nothing was posted."))
