"""A program of the tests: it shows a token and speaks JSON."""

import json
from typing import Any

from django.test import Client

from tests.functional.site.cast import shop
from xiaoer.site.models import ApiToken, Person, Shop
from xiaoer.site.tokens.changes import make_token
from xiaoer.site.tokens.scopes import SCOPES

ROOT = "/api/v1"


class Program:
    """Asks the API with one token, in one language."""

    def __init__(self, shown: str | None, language: str = "zh") -> None:
        self.client = Client()
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {shown}"} if shown else {})

    def get(self, address: str, **query: Any) -> Any:  # noqa: ANN401 -- Django's answer
        """Return the answer to a question."""
        return self.client.get(ROOT + address, query, headers=self.headers)

    def post(self, address: str, body: Any) -> Any:  # noqa: ANN401 -- any JSON, Django's answer
        """Return the answer to a body of JSON; a text goes as it is."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        return self.client.post(ROOT + address, text, content_type="application/json", headers=self.headers)

    def send(self, address: str, **parts: Any) -> Any:  # noqa: ANN401 -- Django's answer
        """Return the answer to a form with files."""
        return self.client.post(ROOT + address, parts, headers=self.headers)

    def events(self, *events: tuple[str, str, dict[str, Any]], where: Shop | None = None) -> Any:  # noqa: ANN401
        """Return the answer to events: key, table, row."""
        sent = [{"key": key, "table": table, "row": row} for key, table, row in events]
        return self.post(f"/shops/{(where or shop()).pk}/events", {"events": sent})


def token(by: Person, *scopes: str, where: Shop | None = None) -> tuple[ApiToken, str]:
    """Return a token, with every scope where none is named."""
    return make_token("测试程序", scopes or tuple(SCOPES), shop=where, last_day=None, by=by)


def message(at: str, text: str = "在吗", *, sender: str = "buyer", buyer: str = "阿青") -> dict[str, str]:
    """Return a message's row."""
    return {"buyer": buyer, "agent": "晨光店:小艾", "sent_at": at, "sender": sender, "text": text}
