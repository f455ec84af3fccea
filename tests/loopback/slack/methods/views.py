from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.methods.content import view_of
from tests.loopback.slack.methods.registry import Context, method
from tests.loopback.slack.model import JSON, View


def _new_external_id(context: Context, content: JSON) -> None:
    taken = content.get("external_id")
    for view in context.world.views.values():
        mine = view.team is context.team and view.open
        if taken and mine and view.content.get("external_id") == taken:
            raise ApiError("duplicate_external_id")


@method("views.open")
def open_view(context: Context) -> JSON:
    """Show a modal in place of any that this person has open."""
    trigger_id = context.need("trigger_id")
    content = view_of(context.args.get("view"), "modal")
    _new_external_id(context, content)
    trigger = context.handles.exchange(trigger_id)
    view = context.world.show(trigger.user, content)
    for old in list(context.world.stack(trigger.user.id)):
        context.world.close(old)
    context.world.push(view)
    return {"view": view.body()}


@method("views.push")
def push_view(context: Context) -> JSON:
    """Put a modal on top of the one that the trigger came from."""
    trigger_id = context.need("trigger_id")
    content = view_of(context.args.get("view"), "modal")
    _new_external_id(context, content)
    trigger = context.handles.exchange(trigger_id)
    if trigger.view is None or not trigger.view.open:
        raise ApiError("not_found", blame=True)
    view = context.world.show(trigger.user, content)
    context.world.push(view)
    return {"view": view.body()}


def _wanted(context: Context) -> View:
    view_id, external = context.args.get("view_id"), context.args.get("external_id")
    if not view_id and not external:
        raise ApiError("invalid_arguments", "[ERROR] missing required field: view_id")
    for view in context.world.views.values():
        same = view.id == view_id or (external and view.content.get("external_id") == external)
        if same and view.open and view.team is context.team:
            return view
    raise ApiError("not_found")


@method("views.update")
def update_view(context: Context) -> JSON:
    """Update a view that is still open; a closed one is not found."""
    view = _wanted(context)
    content = view_of(context.args.get("view"), view.content["type"])
    if context.args.get("hash") and context.args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    context.world.reshow(view, content)
    return {"view": view.body()}


@method("views.publish")
def publish_view(context: Context) -> JSON:
    """Set somebody's Home tab."""
    user = context.user(context.need("user_id"))
    if not context.team.home_tab:
        raise ApiError("not_enabled")
    content = view_of(context.args.get("view"), "home")
    home = context.world.homes.get(user.id)
    if home is None:
        home = context.world.show(user, content)
        context.world.homes[user.id] = home
        return {"view": home.body()}
    if context.args.get("hash") and context.args["hash"] != home.hash:
        raise ApiError("hash_conflict")
    context.world.reshow(home, content)
    return {"view": home.body()}
