from tests.loopback.slack.delivery import Ack
from tests.loopback.slack.errors import ApiError, Ledger
from tests.loopback.slack.methods.content import view_of
from tests.loopback.slack.model import JSON, User, View
from tests.loopback.slack.world import World

TROUBLE = "We had some trouble connecting. Try again?"


class Submitting:
    """What the acknowledgement of a submitted form does to the screen."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        self.world = world
        self.ledger = ledger

    def apply(self, user: User, view: View, ack: Ack) -> str:
        """Do it; gives what the person is told when it did not work."""
        if ack.error:
            return TROUBLE
        try:
            self._apply(user, view, ack.payload)
        except ApiError as error:
            self.ledger.refuse("view_submission", error)
            return TROUBLE
        return ""

    def _apply(self, user: User, view: View, payload: JSON) -> None:
        action = payload.get("response_action")
        if not payload:
            self.world.close(view)
        elif action == "clear":
            self.world.close(view, everything=True)
        elif action == "errors":
            self._errors(view, payload.get("errors"))
        elif action == "update":
            self.world.reshow(view, view_of(payload.get("view"), "modal"))
        elif action == "push":
            self.world.push(self.world.show(user, view_of(payload.get("view"), "modal")))
        else:
            raise ApiError("invalid_response_action", str(action))

    def _errors(self, view: View, errors: object) -> None:
        inputs = {b["block_id"]: b["label"]["text"] for b in view.blocks if b["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise ApiError("invalid_errors", "errors must name at least one block")
        strange = [name for name in errors if name not in inputs]
        if strange:
            raise ApiError("invalid_errors", f"not an input block: {', '.join(strange)}")
        view.errors = {inputs[name]: str(said) for name, said in errors.items()}
        view.order = self.world.changed()
