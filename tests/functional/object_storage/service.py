"""An S3-compatible service on this computer: moto's, and by the bucket's name what others do differently.

oss-…        refuses If-None-Match, and knows x-oss-forbid-overwrite
forgetful-…  passes over conditions and overwrites
readonly-…   lets nobody write
"""

import logging
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import quote

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

Asked = dict[str, Any]
Answer = Callable[..., Any]
CONDITION, OF_OSS = "HTTP_IF_NONE_MATCH", "HTTP_X_OSS_FORBID_OVERWRITE"


@dataclass
class Service:
    """A running service: `loses` says of a request whether the connection breaks instead of an answer."""

    loses: Callable[[Asked], object] = lambda _: False
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def __post_init__(self) -> None:
        """Start answering, one request after the other: what a condition says and what is done are one."""
        self._moto = DomainDispatcherApplication(create_backend_app)
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        self._server = make_server("127.0.0.1", 0, self._answer)
        self.address = f"http://127.0.0.1:{self._server.port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()

    def bucket(self, name: str) -> str:
        """Make a bucket and return the URL of a data folder in it."""
        keys = {"aws_access_key_id": "made", "aws_secret_access_key": "up", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=self.address, **keys).create_bucket(Bucket=name)
        return self.url(name)

    def url(self, bucket: str) -> str:
        """Return the URL of a data folder in a bucket."""
        return f"s3://{bucket}/kefu/data?endpoint_override={quote(self.address, safe=':/')}"

    def _answer(self, asked: Asked, begin: Answer) -> Iterable[bytes]:
        self.asked.append(f"{asked['REQUEST_METHOD']} {asked['PATH_INFO']}")
        if self.loses(asked):
            asked["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return []
        kind = asked["PATH_INFO"].lstrip("/").partition("-")[0]
        writes = asked["PATH_INFO"].count("/") > 1 and asked["REQUEST_METHOD"] in ("PUT", "POST", "DELETE")
        if kind == "readonly" and writes:
            return _refused(asked, begin, "403 Forbidden", "AccessDenied")
        if kind == "forgetful":
            asked.pop(CONDITION, None)
        if kind == "oss":
            if CONDITION in asked:
                return _refused(asked, begin, "501 Not Implemented", "NotImplemented")
            if OF_OSS in asked:
                asked[CONDITION] = "*"
        answer: Iterable[bytes] = self._moto(asked, begin)
        return answer


def _refused(asked: Asked, begin: Answer, status: str, code: str) -> list[bytes]:
    asked["wsgi.input"].read(int(asked.get("CONTENT_LENGTH") or 0))  # or whoever sends it waits
    begin(status, [("Content-Type", "application/xml")])
    return [f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()]
