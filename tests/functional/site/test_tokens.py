"""The page of tokens: made by an owner, shown once, revoked."""

from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from tests.functional.site.api_door import Program
from tests.functional.site.cast import browser, person, shop
from xiaoer.site.models import ApiToken

PAGE = "/tokens/"


def test_without_a_token_the_page_says_what_to_do(site: Path) -> None:
    shown = browser(person("olga", "owner")).get(PAGE).content.decode()
    assert "还没有" in shown
    assert "生成令牌" in shown


def test_a_token_is_shown_once_works_and_ends(site: Path) -> None:
    client = browser(person("olga", "owner"))
    made = client.post(PAGE, {"name": "ERP", "scopes": ["metrics:read"], "shop": shop().pk, "last_day": ""})
    token = ApiToken.objects.get()
    secret = made.content.decode().split('id="token" readonly value="')[1].split('"')[0]
    assert secret.startswith(token.begins)
    assert secret not in client.get(PAGE).content.decode()
    assert Program(secret).get("/metrics").status_code == 200
    assert Program(secret).get(f"/shops/{shop().pk}/imports").status_code == 403
    assert client.post(reverse("token_revoke", args=[token.pk])).status_code == 302
    assert Program(secret).get("/metrics").status_code == 401
    assert "已停用" in client.get(PAGE).content.decode()


def test_a_token_needs_a_name_a_scope_and_a_day_to_come(site: Path) -> None:
    client = browser(person("olga", "owner"))
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client.post(PAGE, {"name": "", "scopes": ["everything"], "last_day": str(yesterday)})
    assert answer.status_code == 422
    assert answer.content.decode().count("invalid-feedback") == 3
    assert not ApiToken.objects.exists()
