from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.loopback.slack import finding
from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.kit.surfaces import suggestion_problems
from tests.loopback.slack.model import JSON, User
from tests.loopback.slack.payloads import Surface
from tests.loopback.slack.render import all_options
from tests.loopback.slack.state import OPTIONS, acted, filled

if TYPE_CHECKING:
    from tests.loopback.slack.server import SlackServer

REQUIRED = "Please complete this required field."


class Forms:
    """Puts values into the controls of messages and views, as Slack's screen does."""

    def __init__(self, server: SlackServer, user: User) -> None:
        self.server = server
        self.user = user

    async def fill(self, surface: Surface, found: finding.Found, value: Any) -> None:
        """Set a control; an external select is searched for the value first."""
        element = found.element
        if element["type"] == "file_input" and value is not None:
            value = [self.server.web.chosen(*value)]
        if "external" in element["type"] and value is not None:
            for wanted in [value] if isinstance(value, str) else value:
                await self._look_up(surface, found, wanted)
        self._store(surface, found, filled(self._with_suggested(surface, element), value))

    async def _look_up(self, surface: Surface, found: finding.Found, wanted: str) -> None:
        known = surface.suggested.get(found.element["action_id"], [])
        if all(option["text"]["text"] != wanted for option in known):
            await self.suggest(surface, found, wanted)

    def _with_suggested(self, surface: Surface, element: JSON) -> JSON:
        return {**element, "suggested": surface.suggested.get(element["action_id"], [])}

    def _store(self, surface: Surface, found: finding.Found, value: JSON) -> None:
        ids = found.ids
        surface.state.setdefault(ids["block_id"], {})[ids["action_id"]] = value

    def toggle(self, surface: Surface, found: finding.Found) -> None:
        """Choose an option; in a list of several it goes in, or out if it was in."""
        element = self._with_suggested(surface, found.element)
        value: Any = found.option
        if element["type"] in OPTIONS:
            now = surface.state[found.ids["block_id"]][found.ids["action_id"]]
            chosen = [option["text"]["text"] for option in now["selected_options"]]
            there = found.option in chosen
            value = [c for c in chosen if c != value] if there else [*chosen, value]
        self._store(surface, found, filled(element, value))

    def action(self, surface: Surface, found: finding.Found) -> JSON:
        """The entry of `actions`. An overflow menu forgets its choice at once."""
        ids = found.ids
        value = surface.state.get(ids["block_id"], {}).get(ids["action_id"])
        if found.element["type"] == "overflow":
            del surface.state[ids["block_id"]][ids["action_id"]]
        return acted(found.block, found.element, value, self.server.world.next_ts())

    async def suggest(self, surface: Surface, found: finding.Found, typed: str) -> list[str]:
        """Ask the bot for options; below the least length nothing is sent."""
        if len(typed) < found.element.get("min_query_length", 3):
            return []
        delivery = self.server.payloads.suggestion(self.user, surface, found.ids, typed)
        ack = await self.server.delivering.send(delivery)
        problems = [] if ack.error else suggestion_problems(ack.payload)
        if ack.error or problems:
            if problems:
                error = ApiError("invalid_options", *problems)
                self.server.ledger.refuse("block_suggestion", error)
            return []
        offered = all_options(ack.payload)
        surface.suggested.setdefault(found.element["action_id"], []).extend(offered)
        return [option["text"]["text"] for option in offered]

    def own_complaints(self, surface: Surface) -> dict[str, str]:
        """What Slack says itself before it sends a form, by label."""
        empty = dict.fromkeys(finding.required_left_empty(surface), REQUIRED)
        return {**empty, **finding.wrong_lengths(surface)}
