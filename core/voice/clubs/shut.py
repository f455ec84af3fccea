"""Why nothing can be posted in a club's channel, and what to do, in the platform's words."""

from __future__ import annotations

from core.caller import Platform
from core.domain.comings import Shut
from core.language import N_

_REASONS = {
    Shut.ARCHIVED: N_("The channel is archived. Unarchive it, and I go on."),
    Shut.DELETED: N_(
        "The channel was deleted. Bring the club to another one: type `/followup club move` there."
    ),
    Shut.REMOVED: N_("I am no longer in the channel. Invite me again, and I go on."),
    Shut.FORBIDDEN: N_("I may not see the channel or write in it. Allow it, and I go on."),
}
_SLACK = N_("I am no longer in the channel. Type `/invite @Squeaky` there, and I go on.")


def reason(why: Shut, platform: Platform) -> str:
    """One or two sentences, as they are kept: `tr` says them to whoever reads them."""
    if why is Shut.REMOVED and platform is Platform.SLACK:
        return _SLACK
    return _REASONS[why]
