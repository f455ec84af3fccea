import re

from tests.loopback.slack.model import Channel, User

_WORD = re.compile(r"(?<![\w<])([@#])([\w.\-]+)")
_LINK = re.compile(r"https?://[^\s<>|]+")


def entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str, users: list[User], channels: list[Channel]) -> str:
    """What a command's text becomes with `should_escape`: ids for names, links in brackets.

    Names are handles, not real names, and are known only in the person's own workspace.
    """
    people = {user.name.lower(): user for user in users}
    places = {channel.name.lower(): channel for channel in channels}

    def mention(found: re.Match[str]) -> str:
        name = found[2].lower()
        if found[1] == "@" and name in people:
            return f"<@{people[name].id}|{people[name].name}>"
        if found[1] == "#" and name in places:
            return f"<#{places[name].id}|{places[name].name}>"
        return found[0]

    return _LINK.sub(lambda found: f"<{found[0]}>", _WORD.sub(mention, entities(text)))
