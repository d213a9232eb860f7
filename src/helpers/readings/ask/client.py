"""One chat completion over HTTP: bounded in time and size, patient with a busy server, silent about the key."""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

from helpers.readings.form import ReadingError, expand_schema
from helpers.readings.records import Answer, Request

KEY = "SYNOPTIC_READER_KEY"  # environment variable with the key, where a server wants one; written nowhere
LARGEST = 4_000_000  # bytes of an answer
BUSY = (408, 425, 429, 500, 502, 503, 504, 529)
LONGEST_WAIT = 60.0  # seconds between two tries
FORMS = ("json_schema", "json_object", "text")  # of an answer, from the strictest: a server may know fewer
CONTEXT_WORDS = ("context", "n_ctx", "too long", "maximum length", "too many tokens")


class UnansweredError(ReadingError):
    """One request has no answer; the others may have."""


@dataclass
class Limits:
    """How patient and how thrifty asking is: seconds, tries, requests at once, tokens."""

    timeout: float = 300.0
    tries: int = 4
    pause: float = 1.0  # seconds before the second try; doubled before each further one
    at_once: int = 2
    budget: int = 400_000  # tokens in and out that one ask may cost
    context: int = 16_000  # tokens that the server takes in and out at once
    answer: int = 4_000  # tokens of one answer


def check_address(url: str, may_leave: bool) -> str:
    """Check the address of a server and give it without a slash at its end.

    Raises ReadingError where texts would leave the machine without leave, or where the address holds a secret.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise ReadingError(f"reader_url {url!r} is no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ReadingError(f"reader_url {url!r} is no address such as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ReadingError(f"reader_url must hold no name, key or question: a key goes into {KEY}")
    if not is_loopback(host) and not may_leave:
        raise ReadingError(
            f"{host} is not this machine: to send it the texts, write `texts_may_leave_this_machine: true` into story.yaml"
        )
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine by its name or number alone; no name is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class Client:
    """Asks one server. `wait` sleeps between tries."""

    def __init__(self, url: str, limits: Limits, wait: Callable[[float], None] = time.sleep):
        self.url = url
        self.host = urlsplit(url).netloc
        self.limits = limits
        self.wait = wait
        self.form = 0
        self._key = os.environ.get(KEY, "")
        here = is_loopback(urlsplit(url).hostname or "")
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._http = httpx.Client(headers=headers, timeout=limits.timeout, trust_env=not here, follow_redirects=False)

    def close(self) -> None:
        self._http.close()

    def ask(self, request: Request) -> Answer:
        """Ask, and ask again while the server is busy or breaks off. Raises UnansweredError or ReadingError in one line."""
        form = self.form
        for number in range(self.limits.tries):
            try:
                status, content, pause = self._send(request, form)
            except httpx.ConnectError:
                raise ReadingError(f"no server answers at {self.host}") from None
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                status, content, pause = 0, _name(error), None
            if status == 200:
                return self._read(content, request)
            if status and status not in BUSY:
                if self._gives_way(status, content, form):
                    return self.ask(request)
                raise self._refuse(status, content, request)
            if number + 1 < self.limits.tries:
                self.wait(min(LONGEST_WAIT, pause if pause is not None else self.limits.pause * 2**number))
        reason = f"status {status}" if status else content
        raise UnansweredError(f"no answer from {self.host} after {self.limits.tries} tries: {reason}")

    def _send(self, request: Request, form: int) -> tuple[int, str, float | None]:
        """Send one request and read the answer within the time and size allowed: status, content, seconds to wait."""
        end = time.monotonic() + self.limits.timeout
        read = bytearray()
        with self._http.stream("POST", f"{self.url}/chat/completions", json=self._make_body(request, form)) as response:
            for piece in response.iter_bytes():
                read += piece
                if time.monotonic() > end:
                    raise TimeoutError(f"not done within {self.limits.timeout:g} s")
                if len(read) > LARGEST:
                    raise UnansweredError(f"the answer of {self.host} is larger than {LARGEST:,} bytes")
            pause = response.headers.get("retry-after", "")
            return response.status_code, read.decode("utf-8", "replace"), float(pause) if pause.isdigit() else None

    def _make_body(self, request: Request, number: int) -> dict:
        body = {"model": request.model, "messages": request.messages, "stream": False, **request.parameters}
        form = FORMS[number]
        if form == "json_schema":
            schema = {"name": request.answer, "strict": True, "schema": expand_schema(request.answer)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif form == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _gives_way(self, status: int, content: str, form: int) -> bool:
        """Ask for a looser form from now on where the server does not know this one; requests at once loosen it once."""
        knows_not = status in (400, 415, 422, 501) and any(
            word in content for word in ("response_format", "json_schema", "grammar", "schema")
        )
        if knows_not and form + 1 < len(FORMS):
            self.form = max(self.form, form + 1)
            return True
        return False

    def _refuse(self, status: int, content: str, request: Request) -> ReadingError:
        said = self._quote(content)
        if any(word in content.casefold() for word in CONTEXT_WORDS):
            return UnansweredError(f"the context of {request.model} is too small for this request: {said}")
        if status in (401, 403):
            return ReadingError(f"{self.host} refuses the key (status {status}); it is read from {KEY}")
        if status == 404:
            return ReadingError(f"{self.host} knows no model {request.model!r}, or no chat completions there: {said}")
        return ReadingError(f"{self.host} refuses the request (status {status}): {said}")

    def _quote(self, content: str) -> str:
        """Give the beginning of what a server said, without the key."""
        said = " ".join(content.split())[:160]
        return said.replace(self._key, "…") if self._key else said

    def _read(self, content: str, request: Request) -> Answer:
        try:
            answer = json.loads(content)
            choice = answer["choices"][0]
            text = choice["message"]["content"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, LookupError, TypeError, RecursionError):
            raise UnansweredError(f"{self.host} sent no chat completion: {self._quote(content)}") from None
        if choice.get("finish_reason") == "length":
            raise UnansweredError(
                f"the answer of {request.model} was cut off: its context is too small, or {self.limits.answer:,} tokens are too few"
            )
        usage = answer.get("usage") if isinstance(answer.get("usage"), dict) else {}
        spent = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
        counts = [n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else 0 for n in spent]
        when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        return Answer(text.replace(self._key, "…") if self._key else text, self.host, when, *counts)


def _name(error: Exception) -> str:
    return {"ReadTimeout": "too slow", "ConnectTimeout": "too slow", "TimeoutError": "too slow"}.get(
        type(error).__name__, "the connection broke off"
    )
