"""The Web API methods; importing a module registers its methods."""

from tests.loopback.slack.methods import chat, conversations, files, users, views
from tests.loopback.slack.methods.registry import METHODS, Context, Method

__all__ = ["METHODS", "Context", "Method", "chat", "conversations", "files", "users", "views"]
