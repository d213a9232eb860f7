"""A model as a reader: asks it what the records do not hold, within a budget, and takes no answer that is not what was asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

from helpers.readings.ask.client import Client, Limits, UnansweredError
from helpers.readings.ask.groups import count_tokens
from helpers.readings.ask.prompts import ask_again, make_messages
from helpers.readings.form import ReadingError, find_fault
from helpers.readings.records import Answer, Records, Request

TRIES = 3  # answers that are asked for until one can be used
NOBODY = "it was never asked, and no server is named"
Tell = Callable[[int, int], None]


class Reader:
    """One model, its records and, where one is named, its server.

    With `anew` records count only where this ask, or a killed one that it goes on with, has made them. `tell` is
    called with how many requests of how many are done.
    """

    def __init__(
        self,
        model: str,
        records: Records,
        client: Client | None = None,
        limits: Limits | None = None,
        *,
        anew: bool = False,
        tell: Tell = lambda done, of: None,
    ):
        self.model = model
        self.records = records
        self.client = client
        self.limits = limits or Limits()
        self.tell = tell
        self.answers: list[Answer] = []
        self.missing: Counter[str] = Counter()
        self.prompts: set[str] = set()
        self.requests = self.answered = self.spent = 0
        self._made = records.begin_anew() if anew else None
        self._broken: str | None = None
        self._lock = Lock()

    def make_request(self, prompt: str, answer: str, **texts: str) -> Request:
        """Make the request of a prompt with its texts."""
        parameters = {"temperature": 0, "seed": 1, "max_tokens": self.limits.answer}
        return Request(self.model, prompt, make_messages(prompt, **texts), answer, parameters)

    def read_all(self, requests: Sequence[Request]) -> list[dict | None]:
        """Get the contents of the answers, several at once and in order; None where there is none, with the reason kept."""
        before = self.requests
        self.requests += len(requests)
        self.prompts |= {request.prompt for request in requests}
        found = []
        with ThreadPoolExecutor(max(1, self.limits.at_once)) as pool:
            for number, (content, why) in enumerate(pool.map(self._try, requests), 1):
                found.append(content)
                self.answered += content is not None
                if why:
                    self.missing[why] += 1
                self.tell(before + number, self.requests)
        return found

    def _try(self, request: Request) -> tuple[dict | None, str | None]:
        try:
            return self._read(request), None
        except UnansweredError as error:
            return None, str(error)
        except ReadingError as error:  # the others would fare no better
            self._broken = str(error)
            return None, str(error)

    def _read(self, request: Request) -> dict:
        """Get what an answer holds; one that cannot be used is asked for again, never mended by guessing."""
        fault = content = None
        for _ in range(TRIES):
            answer = self._answer(request)
            content, fault = read_content(answer.text, request.answer)
            if fault is None:
                return content
            said = [{"role": "assistant", "content": answer.text}, ask_again(fault)]
            request = replace(request, messages=[*request.messages, *said])
        if isinstance(content, dict):  # items that are wrong in themselves are dropped one by one
            return content
        raise UnansweredError(f"no usable answer of {self.model} in {TRIES} tries: {fault}")

    def _answer(self, request: Request) -> Answer:
        known = self._made is None or request.digest in self._made
        answer = self.records.find(request) if known else None
        if answer is None:
            answer = self._ask(request)
        with self._lock:
            self.answers.append(answer)
        return answer

    def _ask(self, request: Request) -> Answer:
        if self.client is None:
            raise UnansweredError(NOBODY)
        if self._broken:
            raise UnansweredError(self._broken)
        asked = sum(count_tokens(message["content"]) for message in request.messages)
        with self._lock:
            if self.spent + asked + self.limits.answer > self.limits.budget:
                raise UnansweredError(f"the budget of {self.limits.budget:,} tokens is spent")
            self.spent += asked + self.limits.answer
        answer = self.client.ask(request)
        self.records.keep(request, answer)
        with self._lock:
            self.spent -= asked + self.limits.answer
            self.spent += (answer.tokens_in or asked) + (answer.tokens_out or count_tokens(answer.text))
            if self._made is not None:
                self._made.add(request.digest)
                self.records.note(self._made)
        return answer

    def describe(self, articles: int) -> dict[str, object]:
        """Describe what was asked: where and when, how much, and why requests have no answer."""
        times = sorted(answer.when for answer in self.answers)
        return {
            "model": self.model, "where": sorted({answer.where for answer in self.answers}),
            "first": times[0] if times else None, "last": times[-1] if times else None, "articles": articles,
            "requests": self.requests, "answered": self.answered,
            "tokens_in": sum(answer.tokens_in for answer in self.answers),
            "tokens_out": sum(answer.tokens_out for answer in self.answers), "prompts": sorted(self.prompts),
            "missing": [f"{why} ({count})" if count > 1 else why for why, count in sorted(self.missing.items())],
        }  # fmt: skip


def read_content(text: str, definition: str) -> tuple[object, str | None]:
    """Read an answer as JSON of a definition of the schema: its content, and in one line why it cannot be used as it is."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        return None, f"it is not JSON ({str(error)[:80]})"
    if not isinstance(content, dict):
        return None, "it is no JSON object"
    return content, find_fault(content, definition)
