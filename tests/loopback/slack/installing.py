"""The app as its manifest sets it up."""

from __future__ import annotations

from collections.abc import Collection

from tests.loopback.slack.kit.manifest import manifest_problems
from tests.loopback.slack.model import JSON, Workspace
from tests.loopback.slack.world import World


class Installing:
    """What the app's configuration decides. Without a manifest everything is there.

    `events` are those that the app is subscribed to, `shortcuts` the `callback_id` of each by its
    kind (message, global) and name. Over HTTP, options of external selects are asked for at
    `options_url` alone.
    """

    world: World
    events: Collection[str] | None = None
    shortcuts: dict[tuple[str, str], str] | None = None
    options_url: str | None = ""

    def team(self, team_id: str = "T1", name: str = "Job club") -> Workspace:
        raise NotImplementedError

    def use_manifest(self, manifest: JSON) -> None:
        """Set the app up, in the workspaces that there are. It must be one that Slack takes."""
        problems = manifest_problems(manifest)
        assert not problems, "\n".join(problems)
        features, settings = manifest["features"], manifest["settings"]
        self.events = settings["event_subscriptions"]["bot_events"]
        self.shortcuts = {
            (one["type"], one["name"]): one["callback_id"] for one in features.get("shortcuts", [])
        }
        self.options_url = settings["interactivity"].get("message_menu_options_url")
        for team in [self.team(), *self.world.teams.values()]:
            team.home_tab = features["app_home"]["home_tab_enabled"]
            team.messages_tab = features["app_home"]["messages_tab_enabled"]

    def shortcut_named(self, kind: str, name: str) -> str:
        """The `callback_id` of a shortcut; the name itself where there is no manifest."""
        if self.shortcuts is None:
            return name
        found = self.shortcuts.get((kind, name))
        assert found, f"there is no {kind} shortcut {name!r}; there are {sorted(self.shortcuts)}"
        return found
