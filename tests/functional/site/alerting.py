"""What tests of alerts share: a robot's service on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """A robot's service: what it was sent, and what it answers."""

    port: int = 0
    status: int = 200
    answer: bytes = b'{"errcode": 0}'
    slow: float = 0.0
    got: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Service]:
    """Give a service that listens on this machine."""
    made = Service()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            threading.Event().wait(made.slow)
            self.send_response(made.status)
            self.end_headers()
            self.wfile.write(made.answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
