from collections.abc import Iterator
from dataclasses import dataclass

from tests.loopback.slack import render
from tests.loopback.slack.model import JSON
from tests.loopback.slack.payloads import Surface
from tests.loopback.slack.state import controls, elements


@dataclass(frozen=True)
class Found:
    """A control on a surface, with the option that was meant, if one was."""

    block: JSON
    element: JSON
    option: str | None = None

    @property
    def ids(self) -> JSON:
        return {"block_id": self.block["block_id"], "action_id": self.element["action_id"]}


def _says(element: JSON, surface: Surface) -> Iterator[str | None]:
    """The labels of a control that can be pressed: None for its own, else an option's."""
    options = [*surface.suggested.get(element["action_id"], []), *render.all_options(element)]
    for option in options:
        yield option["text"]["text"]


def _row(surface: Surface, near: str) -> list[JSON]:
    """The block that says `near` and those that belong to it: up to the next section."""
    blocks = surface.blocks
    for index, block in enumerate(blocks):
        if near in render.block(block, surface.names, {}):
            row = [block]
            for follower in blocks[index + 1 :]:
                if follower["type"] in ("section", "divider", "header"):
                    break
                row.append(follower)
            return row
    raise AssertionError(f"nothing says {near!r} in:\n{surface.text_form()}")


def to_press(surface: Surface, label: str, near: str | None, nth: int | None) -> Found:
    """The one button or option with this label; `near` or `nth` choose among several."""
    blocks = surface.blocks if near is None else _row(surface, near)
    found: list[Found] = []
    for block, element in controls(blocks):
        if element["type"] == "button" and element["text"]["text"] == label:
            found.append(Found(block, element))
        found += [Found(block, element, say) for say in _says(element, surface) if say == label]
    if not found or (nth is not None and nth >= len(found)):
        raise AssertionError(f"nothing to press says {label!r} in:\n{surface.text_form()}")
    if len(found) > 1 and nth is None:
        raise AssertionError(f"{len(found)} controls say {label!r}: choose with near= or nth=")
    return found[nth or 0]


def _called(block: JSON, element: JSON) -> set[str]:
    """Every name that a control goes by."""
    names = {element["action_id"], block["block_id"]}
    for text in (block.get("label"), element.get("placeholder")):
        if text:
            names.add(text["text"])
    return names


def named(surface: Surface, name: str) -> Found:
    """The control with this label, placeholder, action_id or block_id."""
    for block, element in controls(surface.blocks):
        if name in _called(block, element):
            return Found(block, element)
    raise AssertionError(f"no field is called {name!r} in:\n{surface.text_form()}")


def required_left_empty(surface: Surface) -> list[str]:
    """The labels of the inputs that Slack itself will not submit empty."""
    empty: list[str] = []
    for block in surface.blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        for element in elements(block):
            value = surface.state[block["block_id"]].get(element["action_id"], {"x": True})
            if not any(inside for key, inside in value.items() if key != "type"):
                empty.append(block["label"]["text"])
    return empty


def wrong_lengths(surface: Surface) -> dict[str, str]:
    """What Slack says under text inputs that are too short or too long, by label."""
    said: dict[str, str] = {}
    for block in surface.blocks:
        element = block.get("element", {})
        if block["type"] != "input" or element["type"] != "plain_text_input":
            continue
        text = surface.state[block["block_id"]][element["action_id"]]["value"] or ""
        low, high = element.get("min_length", 0), element.get("max_length", 3000)
        if text and not low <= len(text) <= high:
            said[block["label"]["text"]] = f"Please use {low} to {high} characters."
    return said
