"""Who and where: users, guilds, roles and channels, as plain mutable records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.loopback.discord.messages import Message
    from tests.loopback.discord.world import World

TEXT, DM, GROUP_DM, THREAD = 0, 1, 3, 11
INTENT_GUILDS = 1 << 0
INTENT_MEMBERS = 1 << 1
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
VIEW_CHANNEL, SEND_MESSAGES, ATTACH_FILES, READ_HISTORY = 1 << 10, 1 << 11, 1 << 15, 1 << 16
SEND_IN_THREADS = 1 << 38
MANAGE_GUILD = 1 << 5
DEFAULT_PERMISSIONS = 0x1F7FF7FFFFF & ~(ADMINISTRATOR | MANAGE_GUILD | 1 << 1 | 1 << 2 | 1 << 4)
ALL_PERMISSIONS = (1 << 50) - 1


@dataclass(eq=False)
class User:
    """An account. The bot is one too. `installed` says whether the person installed the bot."""

    id: int
    name: str
    display_name: str
    locale: str = "en-US"
    bot: bool = False
    installed: bool = True

    @property
    def mention(self) -> str:
        """How Discord writes a mention of this user."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A role of a guild; `mentionable` says whether anybody may ping it."""

    id: int
    name: str
    mentionable: bool = True

    @property
    def mention(self) -> str:
        """How Discord writes a mention of this role."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Channel:
    """A text channel of a guild, a thread in one, the DM between the bot and one person, or a
    private channel of people without the bot.

    - `parent` is the channel that a thread is in.
    - `people` are those of a private channel that the bot is not in: a DM of two, or a group.
    - `bot_lacks` holds the bits of what the bot may not do there besides seeing and writing.
    - `managers` are the ids of members who may manage it.
    """

    id: int
    name: str
    world: World = field(repr=False)
    guild: Guild | None = None
    recipient: User | None = None
    people: tuple[User, ...] = field(default=(), repr=False)
    bot_can_see: bool = True
    bot_can_write: bool = True
    bot_lacks: int = 0
    managers: set[int] = field(default_factory=set, repr=False)
    parent: Channel | None = field(default=None, repr=False)
    deleted: bool = False
    messages: list[Message] = field(default_factory=list, repr=False)

    @property
    def kind(self) -> int:
        """Discord's channel type."""
        if self.parent is not None:
            return THREAD
        if len(self.people) > 2:
            return GROUP_DM
        return TEXT if self.guild else DM

    @property
    def writing(self) -> int:
        """The bit without which nothing can be written here."""
        return SEND_MESSAGES if self.parent is None else SEND_IN_THREADS

    @property
    def bot_permissions(self) -> int:
        """The permission bits that the bot has here."""
        if not self.bot_can_see:
            return 0
        muted = 0 if self.bot_can_write else self.writing
        return DEFAULT_PERMISSIONS & ~(self.bot_lacks | muted)

    def permissions_of(self, user: User) -> int:
        """The permission bits that a member of its guild has here."""
        assert self.guild is not None
        manages = MANAGE_CHANNELS if user.id in self.managers else 0
        return self.guild.permissions_of(user) | manages

    def visible_to(self, user: User) -> bool:
        """Whether the person can open the channel at all."""
        if self.deleted:
            return False
        if self.guild is None:
            return self.recipient is user or user in self.people
        return user.id in self.guild.members

    def let_bot(self, *, see: bool = True, write: bool = True, lacks: int = 0) -> None:
        """Change what the bot may do here; it is told."""
        self.bot_can_see, self.bot_can_write, self.bot_lacks = see, write, lacks
        self.world.channel_changed("CHANNEL_UPDATE", self)

    def rename(self, name: str) -> None:
        """Call it something else; the bot is told."""
        assert self.guild is not None
        self.guild.channels[name] = self.guild.channels.pop(self.name)
        self.name = name
        self.world.channel_changed("CHANNEL_UPDATE", self)

    def delete(self) -> None:
        """Delete the channel; the bot is told, and its messages are gone for everybody."""
        self.deleted = True
        event = "CHANNEL_DELETE" if self.parent is None else "THREAD_DELETE"
        self.world.channel_changed(event, self)


@dataclass(eq=False)
class Guild:
    """A server. The bot is in it unless `remove_bot()` was called."""

    id: int
    name: str
    world: World = field(repr=False)
    locale: str = "en-US"
    bot_inside: bool = True
    channels: dict[str, Channel] = field(default_factory=dict, repr=False)
    roles: dict[str, Role] = field(default_factory=dict, repr=False)
    members: dict[int, User] = field(default_factory=dict, repr=False)
    admins: set[int] = field(default_factory=set, repr=False)

    def channel(self, name: str) -> Channel:
        """The channel of that name, made when there is none."""
        if name not in self.channels:
            made = Channel(self.world.new_id(), name, self.world, guild=self)
            self.channels[name] = self.world.channels[made.id] = made
            self.world.channel_changed("CHANNEL_CREATE", made)
        return self.channels[name]

    def thread(self, name: str, parent: Channel) -> Channel:
        """A new thread in a channel."""
        made = Channel(self.world.new_id(), name, self.world, guild=self, parent=parent)
        self.channels[name] = self.world.channels[made.id] = made
        self.world.channel_changed("THREAD_CREATE", made)
        return made

    def role(self, name: str, *, mentionable: bool = True) -> Role:
        """The role of that name, made when there is none (the bot is not told of it)."""
        if name not in self.roles:
            self.roles[name] = Role(self.world.new_id(), name, mentionable)
        return self.roles[name]

    def join(self, *people: User, admin: bool = False) -> None:
        """Let people in. Bots without the members intent are not told, as on Discord."""
        for person in people:
            self.members[person.id] = person
            if admin:
                self.admins.add(person.id)

    def leave(self, *people: User) -> None:
        """Let people go."""
        for person in people:
            self.members.pop(person.id, None)
            self.admins.discard(person.id)

    def remove_bot(self) -> None:
        """Throw the bot out: it is told with GUILD_DELETE and loses access."""
        self.bot_inside = False
        self.world.guild_changed("GUILD_DELETE", self)

    def add_bot(self) -> None:
        """Let the bot in again: it is told with GUILD_CREATE."""
        self.bot_inside = True
        self.world.guild_changed("GUILD_CREATE", self)

    def permissions_of(self, user: User) -> int:
        """The permission bits a member has in every channel."""
        return ALL_PERMISSIONS if user.id in self.admins else DEFAULT_PERMISSIONS
