"""Pictures that are part of a message.

A message can't be posted together with a file and carry a key at once. So a picture is uploaded
first, for nobody to see, and the message shows it by its id. Slack takes a moment to look through
an upload: until then it refuses a message that shows it ("invalid slack file"), and nothing is
posted.

Sources: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object, and
what maintainers say in slackapi/python-slack-sdk 1658 and slackapi/slack-github-action 413.
"""

from __future__ import annotations

import logging
from collections import OrderedDict

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.faults import code_of, may_pass
from adapters.slack.recent import remember
from adapters.slack.words import clean, cut
from core.domain.deliveries import Later, Parcel
from core.reply import File

log = logging.getLogger(__name__)

ALT_LIMIT = 2000
NOT_READY = Later(3.0, "Slack is still looking through the picture")
MOST_FAILURES = 5
"""Tries with a picture; after that the message goes without it."""
MOST_KEPT = 500


class Pictures:
    """Uploads the pictures of parcels, once each, and knows which ones have to be left out."""

    def __init__(self, web: AsyncWebClient) -> None:
        self._web = web
        self._ids: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._failures: OrderedDict[str, int] = OrderedDict()

    async def blocks(self, parcel: Parcel) -> list[JSON]:
        """The image blocks of a parcel; none where Slack does not take the pictures.

        Raises what the upload raises when it may go well later; nothing was posted then.
        """
        files = [file for file in parcel.files if file.is_picture]
        if not files or self._failures.get(parcel.key, 0) >= MOST_FAILURES:
            return []
        if parcel.key not in self._ids:
            try:
                remember(self._ids, parcel.key, await self._uploaded(files), MOST_KEPT)
            except Exception as error:
                if may_pass(error):
                    self.failed(parcel)
                    raise
                log.warning("Slack: a picture is left out: %s", code_of(error))
                remember(self._failures, parcel.key, MOST_FAILURES, MOST_KEPT)
                return []
        ids = self._ids[parcel.key]
        return [_image(id, file) for id, file in zip(ids, files, strict=True)]

    def failed(self, parcel: Parcel) -> None:
        """Count one try with a picture that did not work."""
        remember(self._failures, parcel.key, self._failures.get(parcel.key, 0) + 1, MOST_KEPT)

    async def _uploaded(self, files: list[File]) -> tuple[str, ...]:
        """Slack's ids of these files, which only the bot can see so far."""
        uploads = [
            {"filename": one.name, "title": one.name, "content": one.content, "alt_txt": _alt(one)}
            for one in files
        ]
        answer = await self._web.files_upload_v2(file_uploads=uploads)
        return tuple(str(file["id"]) for file in answer["files"])


def not_ready(error: Exception) -> bool:
    """Whether a message was refused because of a picture in it."""
    if not isinstance(error, SlackApiError) or code_of(error) != "invalid_blocks":
        return False
    details = (error.response.get("response_metadata") or {}).get("messages") or []
    return any("slack_file" in str(detail) for detail in details)


def _image(id: str, file: File) -> JSON:
    return {"type": "image", "slack_file": {"id": id}, "alt_text": _alt(file)}


def _alt(file: File) -> str:
    return cut(clean(file.alt), ALT_LIMIT) or file.name
