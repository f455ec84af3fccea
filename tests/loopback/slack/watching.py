from tests.loopback.slack.clock import DEFAULT_WAIT
from tests.loopback.slack.model import Channel, Message, User, View
from tests.loopback.slack.payloads import Surface
from tests.loopback.slack.world import World


class Watching:
    """What a person can see, and waiting until they see it."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def dm(self) -> Channel:
        """The DM with the bot."""
        return self.world.dm(self.user)

    @property
    def sees(self) -> list[Message]:
        """Every message this person can read, oldest first."""
        return self.world.visible_to(self.id)

    @property
    def view(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self.world.stack(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        """The Home tab, once the bot has published it."""
        return self.world.homes.get(self.id)

    def _must_be_there(self, surface: Surface) -> None:
        if isinstance(surface, Message):
            assert surface in self.sees, f"{self.name} does not see {surface!r}"
        elif surface is not self.home:
            assert surface is self.view, f"{surface!r} is not on top of {self.name}'s screen"

    async def wait_for(
        self, text: str = "", *, since: int = -1, within: float = DEFAULT_WAIT
    ) -> Message:
        """The newest visible message that says this; waits for it.

        `since` leaves out what has not changed after that point of `world.order`.
        """

        def found() -> list[Message]:
            return [m for m in self.sees if text in m.text_form() and m.order > since]

        if not await self.world.pulse.until(lambda: bool(found()), within):
            shown = "\n\n".join(m.text_form() for m in self.sees)
            raise AssertionError(f"{self.name} does not see {text!r} after {within} s:\n{shown}")
        return found()[-1]

    async def wait_view(
        self, text: str = "", *, since: int = -1, within: float = DEFAULT_WAIT
    ) -> View:
        """The modal on top once it says this."""

        def there() -> bool:
            view = self.view
            return view is not None and view.order > since and text in view.text_form()

        if not await self.world.pulse.until(there, within) or self.view is None:
            shown = self.view.text_form() if self.view else "no modal"
            raise AssertionError(f"{self.name} has {shown!r} and not {text!r} after {within} s")
        return self.view

    async def wait_home(self, text: str = "", *, within: float = DEFAULT_WAIT) -> View:
        """The Home tab once it says this."""

        def there() -> bool:
            return self.home is not None and text in self.home.text_form()

        if not await self.world.pulse.until(there, within) or self.home is None:
            shown = self.home.text_form() if self.home else "no Home tab"
            raise AssertionError(f"{self.name} has {shown!r} and not {text!r} after {within} s")
        return self.home
