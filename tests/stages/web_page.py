"""A page of the playground as a person without a screen reads it: messages, buttons, the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "hr", "img", "input", "link", "meta"})
BLOCKS = frozenset({"p", "h2", "h3", "h4", "div", "li"})


@dataclass
class Node:
    """One element, with its children and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def is_a(self, kind: str) -> bool:
        """Whether it has this class."""
        return kind in self["class"].split()

    def all(self, *tags: str) -> Iterator[Node]:
        """Every element inside with one of these tags, or of any, in order."""
        for each in self.inside:
            if isinstance(each, Node):
                if not tags or each.tag in tags:
                    yield each
                yield from each.all(*tags)

    def first(self, **attributes: str) -> Node | None:
        """The first element inside with these attributes (`class_` is one class of several)."""
        kind = attributes.pop("class_", "")
        for each in self.all():
            if kind and not each.is_a(kind):
                continue
            if all(each[name] == value for name, value in attributes.items()):
                return each
        return None

    def words(self) -> str:
        """Its text on one line."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for each in self.inside:
            if isinstance(each, str):
                yield each
            else:
                yield from each._texts()
                yield " " if each.tag in BLOCKS else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.path = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].inside.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.path[-1].tag == tag:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].inside.append(data)


def read_page(html: str) -> Node:
    """The page as a tree. Raises AssertionError when elements are not closed in order."""
    reader = _Reader()
    reader.feed(html)
    assert len(reader.path) == 1, f"not closed: {[node.tag for node in reader.path]}"
    return reader.path[0]


@dataclass(frozen=True)
class Shown:
    """A message of the bot: its text, and what can be pressed with the words beside it.

    `only_you`: the page says that nobody else sees it.
    """

    id: int
    text: str
    buttons: tuple[tuple[str, str, str], ...]
    only_you: bool = False

    def button(self, label: str, on: str) -> str | None:
        """What the button with this label sends; of several, the one beside the text `on`."""
        named = [(beside, value) for beside, text, value in self.buttons if text == label]
        near = [value for beside, value in named if on in beside]
        return next(iter(near or [value for _, value in named]), None)


def messages(page: Node, pane: str) -> list[Shown]:
    """The bot's messages in one conversation, oldest first."""
    log = page.first(**{"data-log": pane})
    assert log is not None
    found = ((entry, entry.first(class_="message")) for entry in log.all("li"))
    return [
        shown(int(entry["id"][1:]), message, pictures(entry), entry.is_a("only-you"))
        for entry, message in found
        if message
    ]


def pictures(entry: Node) -> list[str]:
    """What the pictures of an entry show, in words."""
    return [f"[picture: {image['alt']}]" for image in entry.all("img")]


def shown(id: int, message: Node, pictures: Sequence[str] = (), only_you: bool = False) -> Shown:
    """What stands in an element, as a message."""
    sections = [node for node in message.all("div") if node.is_a("section")]
    lines = [line for section in sections for line in _lines(section)]
    buttons = [
        (section.words(), button.words(), button["value"])
        for section in sections
        for button in section.all("button")
    ]
    return Shown(id, "\n".join([*lines, *pictures]), tuple(buttons), only_you)


def _lines(section: Node) -> Iterator[str]:
    for node in section.all("h4", "p", "div"):
        if node.tag == "h4" or node.is_a("line"):
            yield node.words()
        elif node.is_a("actions"):
            yield " ".join(f"[{label}]" for label in _labels(node))


def _labels(actions: Node) -> Iterator[str]:
    for each in actions.inside:
        if isinstance(each, Node):
            yield next((one.words() for one in each.all("summary")), each.words())


def open_form(page: Node) -> Node | None:
    """The form that lies over the page, if one does."""
    panel = page.first(role="dialog")
    return next(panel.all("form"), None) if panel else None


def filled(form: Node) -> list[tuple[str, str]]:
    """What a browser would send for a form as it stands."""
    return [(node["name"], value) for node in _controls(form) for value in _values(node)]


def _controls(form: Node) -> Iterator[Node]:
    return (node for node in form.all("input", "textarea", "select") if node["name"])


def _values(node: Node) -> list[str]:
    if node.tag == "select":
        options = list(node.all("option"))
        chosen = [option["value"] for option in options if option.has("selected")]
        return chosen or [options[0]["value"]]
    if node.tag == "textarea":
        return ["".join(node._texts()).removeprefix("\n")]
    if node["type"] == "checkbox" and not node.has("checked"):
        return []
    return [node["value"]]


def form_text(panel: Node) -> str:
    """The open form as text: its title, what was wrong, and a line for each field."""
    title = next(panel.all("h2")).words()
    form = next(panel.all("form"))
    lines = []
    for row in form.all("div"):
        if row.is_a("field"):
            label = next(row.all("label", "legend")).words().removesuffix(" needed")
            value = ", ".join(value for name, value in filled(row) if value)
            lines.append(f"{label}: {value}".rstrip())
    return "\n".join([title, *lines])


def refusal(page: Node) -> str:
    """What is wrong with the open form; "" when nothing is said."""
    panel = page.first(role="dialog")
    if panel is None:
        return ""
    said = [node.words() for node in panel.all() if node.is_a("refusal") or node.is_a("error")]
    return "\n".join(said)
