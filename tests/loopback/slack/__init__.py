"""Slack on the loopback interface, for the real slack-bolt and slack_sdk to talk to.

async with await SlackServer.start() as server:
    dana = server.user("U1", "dana", tz="Europe/Berlin", locale="en-GB")
    club = server.channel("C1", "club", members=[dana])
    # AsyncWebClient(server.team().bot_token, base_url=server.api_url, retry_handlers=[])
    # AsyncSocketModeHandler(app, server.app_token), then connect_async()
    answer = await dana.slash("/followup", "add Ada", channel=club)
    saved = await answer.wait_for("Ada")
    await dana.press(saved, "Sent")
    server.assert_clean()
"""

from tests.loopback.slack.answer import Answer
from tests.loopback.slack.clock import ManualClock
from tests.loopback.slack.delivery import Delivery
from tests.loopback.slack.errors import Refusal
from tests.loopback.slack.httpmode import HttpMode
from tests.loopback.slack.model import Channel, Message, User, View, Workspace
from tests.loopback.slack.person import Person
from tests.loopback.slack.server import SlackServer

__all__ = [
    "Answer",
    "Channel",
    "Delivery",
    "HttpMode",
    "ManualClock",
    "Message",
    "Person",
    "Refusal",
    "SlackServer",
    "User",
    "View",
    "Workspace",
]
