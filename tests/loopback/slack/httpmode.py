import asyncio
import hashlib
import hmac
import json
import time
import urllib.parse
from collections.abc import Sequence

import aiohttp

from tests.loopback.slack.delivery import FAILED, TIMED_OUT, Ack, Delivery, Retry
from tests.loopback.slack.socketmode import AckLog

STALE_SECONDS = 60 * 6


def encoded(delivery: Delivery) -> tuple[str, str]:
    """The body and content type of a delivery: a form, except for events."""
    form = "application/x-www-form-urlencoded"
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload), "application/json"
    if delivery.kind == "interactive":
        return urllib.parse.urlencode({"payload": json.dumps(delivery.payload)}), form
    return urllib.parse.urlencode(delivery.payload), form


def signature(secret: str, timestamp: str, body: str) -> str:
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpMode:
    """Delivers to the bot's request URL, signed with its signing secret and the real time.

    Options of external selects are asked for at `options_url`; with None, not at all.
    """

    def __init__(self, url: str, secret: str, acks: AckLog, options_url: str | None = None) -> None:
        self.url = url
        self.options_url = options_url
        self.secret = secret
        self.acks = acks
        self.session = aiohttp.ClientSession()

    async def close(self) -> None:
        await self.session.close()

    def _headers(self, body: str, kind: str, retry: Retry | None) -> dict[str, str]:
        now = str(int(time.time()))
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": now}
        headers["X-Slack-Signature"] = signature(self.secret, now, body)
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry.attempt)
            headers["X-Slack-Retry-Reason"] = f"http_{retry.reason}"
        return headers

    async def deliver(
        self, delivery: Delivery, within: float, *, copies: int = 1, retry: Retry | None = None
    ) -> Ack:
        """Send and read the answer; further copies follow as Slack's own retries."""
        repeats = [Retry(number, "timeout") for number in range(1, copies)]
        tries = [self._once(delivery, within, one) for one in [retry, *repeats]]
        return (await asyncio.gather(*tries))[0]

    async def _once(self, delivery: Delivery, within: float, retry: Retry | None) -> Ack:
        body, kind = encoded(delivery)
        asks = delivery.payload.get("type") == "block_suggestion"
        url = self.options_url if asks else self.url
        if url is None:
            return FAILED
        try:
            async with asyncio.timeout(within):
                headers = self._headers(body, kind, retry)
                async with self.session.post(url, data=body, headers=headers) as answer:
                    return _read(answer.status, answer.content_type, await answer.text())
        except TimeoutError:
            self.acks.missing.append(delivery.kind)
            return TIMED_OUT
        except aiohttp.ClientError:
            return FAILED

    async def send(
        self,
        delivery: Delivery,
        *,
        secret: str | None = None,
        age: float = 0.0,
        signed: bool = True,
        times: int = 1,
        to: Sequence[str] = (),
    ) -> list[int]:
        """Send the very same request `times` times, or `to` each address, and give the statuses.

        Forge it with another `secret`, make it `age` seconds old, or leave the signature out.
        """
        body, kind = encoded(delivery)
        stamp = str(int(time.time() - age))
        headers = {"Content-Type": kind}
        if signed:
            headers["X-Slack-Request-Timestamp"] = stamp
            headers["X-Slack-Signature"] = signature(secret or self.secret, stamp, body)
        addresses = to or [self.url] * times
        return [await self._status(address, body, headers) for address in addresses]

    async def unsigned(self, delivery: Delivery) -> int:
        return (await self.send(delivery, signed=False))[0]

    async def stale(self, delivery: Delivery) -> int:
        return (await self.send(delivery, age=STALE_SECONDS))[0]

    async def wrongly_signed(self, delivery: Delivery) -> int:
        return (await self.send(delivery, secret="not the secret"))[0]

    async def replayed(self, delivery: Delivery) -> list[int]:
        """The statuses of one signed request sent twice."""
        return await self.send(delivery, times=2)

    async def verify_url(self) -> bool:
        """Whether the bot answers the challenge that Slack sends to a new request URL."""
        challenge = {"type": "url_verification", "token": "x", "challenge": "loopback"}
        ack = await self.deliver(Delivery("events_api", challenge), 3.0)
        return ack.payload.get("challenge", ack.payload.get("text")) == "loopback"

    async def _status(self, url: str, body: str, headers: dict[str, str]) -> int:
        async with self.session.post(url, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status


def _read(status: int, kind: str, text: str) -> Ack:
    if status != 200:
        return FAILED
    if not text.strip():
        return Ack()
    if kind == "application/json":
        found = json.loads(text)
        return Ack(payload=found if isinstance(found, dict) else {})
    return Ack(payload={"text": text})
