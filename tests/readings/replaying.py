"""A server of our own on the loopback interface that answers chat completions as it is told, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Call"], object]


class Call:
    """One request as it came, with what a test may answer it by."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: dict, number: int):
        self.handler = handler
        self.body = body
        self.number = number
        self.path = handler.path
        self.headers = dict(handler.headers)

    @property
    def system(self) -> str:
        return self.body["messages"][0]["content"]

    @property
    def user(self) -> str:
        return self.body["messages"][1]["content"]

    @property
    def wanted(self) -> str:
        """Which of the passes asks: `answer` or `refutation`."""
        return "refutation" if "judgements" in self.user else "answer"

    def send(self, content: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Send bytes; a `length` that is larger than they are cuts the answer off."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(content)
        self.handler.wfile.flush()

    def say(self, text: object, finish: str = "stop") -> None:
        """Send a chat completion with this text, or with what is no text as JSON."""
        content = text if isinstance(text, str) else json.dumps(text)
        answer = {
            "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10},
        }
        self.send(json.dumps(answer).encode())


class Server:
    """The server; `reply` is called with each request, and its result said unless it is None."""

    def __init__(self, reply: Reply):
        self.reply = reply
        self.calls: list[Call] = []
        self._lock = threading.Lock()
        self._most = self._busy = 0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.serve(self, body)

            def log_message(self, *words):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def serve(self, handler, body: dict) -> None:
        with self._lock:
            call = Call(handler, body, len(self.calls) + 1)
            self.calls.append(call)
            self._busy += 1
            self._most = max(self._most, self._busy)
        try:
            said = self.reply(call)
            if said is not None:
                call.say(said)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self._lock:
                self._busy -= 1

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def most_at_once(self) -> int:
        return self._most

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._http.shutdown()
        self._http.server_close()


def drip(call: Call, seconds: float) -> None:
    """Send an answer a byte at a time, slowly, without ever ending it."""
    call.handler.send_response(200)
    call.handler.send_header("Content-Length", "100000")
    call.handler.end_headers()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        call.handler.wfile.write(b" ")
        call.handler.wfile.flush()
        time.sleep(0.02)
