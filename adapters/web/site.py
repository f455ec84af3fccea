"""The pages for everybody: what Squeaky is, how a workspace gets it, and what it keeps of people.

They are read only and need no script. They say nothing of anybody, so whoever can reach the port
may see them.
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from adapters.web.assets import Assets
from adapters.web.views import safe_url
from core.language import ENGLISH, N_, spoken, tr
from core.text import say

WHY = {
    "cancelled": N_("You pressed Cancel in Slack, so nothing was changed."),
    "expired": N_(
        "This address was used already, or Slack was left open for more than 10 minutes. Nothing "
        "was changed. Begin once more from here."
    ),
    "other_browser": N_(
        "It has to begin and end in the same browser, and cookies have to be allowed for this "
        "page. Nothing was changed. Begin once more from here."
    ),
    "no_code": N_(
        "Slack sent you back without its permission. Nothing was changed. Begin once more from "
        "here."
    ),
    "refused": N_(
        "Slack did not accept the permission that it gave: it may be too old. Nothing was changed. "
        "Begin once more from here."
    ),
    "misconfigured": N_(
        "Slack does not know this Squeaky: something in its settings is wrong. Whoever runs it "
        "finds in its log what to mend. Nothing was changed."
    ),
    "slack_down": N_("Slack does not answer right now. Wait a minute, then try again."),
    "organization": N_(
        "Squeaky is installed in one workspace at a time, not in a whole organization. Try again, "
        "and choose a workspace at the top right of Slack's page."
    ),
    "not_kept": N_(
        "Slack agreed, but Squeaky could not write it down just now. Try again in a minute: "
        "installing it twice does no harm."
    ),
}
"""Why an installation came to nothing, in the words of the page."""


class Site:
    """The pages at `/` and `/privacy`, and those that end an installation."""

    def __init__(self, *, slack: bool, discord: Callable[[], str] | None = None) -> None:
        """`slack`: workspaces can install it here. `discord` gives an install link, or ""."""
        self._slack, self._discord = slack, discord
        self._assets = Assets()
        self._templates = Environment(
            loader=PackageLoader("adapters.web"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"asset": self._assets.address}
        self._templates.globals |= {"tr": tr, "say": say, "spoken": spoken}
        self._templates.filters["safe_url"] = safe_url

    def routes(self) -> list[web.RouteDef]:
        """What to mount in the process's web application."""
        return [
            web.get("/", self._landing),
            web.get("/privacy", self._privacy),
            web.get("/favicon.svg", self._icon),
            web.get("/static/{name}", self._assets.serve),
        ]

    def installed(self, workspace: str, link: str) -> str:
        """The page that says that it is done; `link` leads to the bot in Slack."""
        return self._made("installed.html", workspace=workspace, link=link)

    def not_installed(self, reason: str) -> str:
        """The page that says why not: one of `WHY`."""
        return self._made(
            "not_installed.html",
            sentence=tr(WHY[reason]),
            again=reason != "misconfigured",
            wrong=reason not in ("cancelled", "organization"),
        )

    async def _landing(self, request: web.Request) -> web.Response:
        del request
        discord = self._discord() if self._discord is not None else ""
        return _page(self._made("landing.html", slack=self._slack, discord=discord))

    async def _privacy(self, request: web.Request) -> web.Response:
        del request
        text = "privacy_text.html" if spoken() == ENGLISH else f"privacy_text.{spoken()}.html"
        return _page(self._made("privacy.html", text=text))

    async def _icon(self, request: web.Request) -> web.Response:
        del request
        return web.Response(text=self._made("icon.html"), content_type="image/svg+xml")

    def _made(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(**values)


def _page(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")
