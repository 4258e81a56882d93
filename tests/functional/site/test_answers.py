"""What every answer carries: headers, no address of another host, nothing inline, two languages, pages for faults."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import PASSWORD, amy, browser, person, shop
from xiaoer.site.headers import POLICY

PAGES = ("", "me/", "me/password/", "me/second-step/", "who-sees-what/", "shops/", "people/", "people/invite/", "log/",
         "s/{shop}/team/", "s/{shop}/filtered/", "nothing/")  # fmt: skip
ELSEWHERE = re.compile(r"""(?:src|href|action|srcset|data)=["'](?:https?:)?//|url\(""", re.IGNORECASE)
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|hx-on", re.IGNORECASE)


def every_page() -> dict[str, str]:
    """Return the HTML of pages as an owner, an agent and nobody see them."""
    owner, agent, number = browser(person("own", "owner")), browser(amy()), shop().pk
    shown = {path: owner.get("/" + path.format(shop=number), follow=True) for path in PAGES}
    shown["own"] = agent.get(f"/s/{number}/own/?month=2024-09")
    shown["sign-in"] = browser().get("/sign-in/")
    return {path: answer.content.decode() for path, answer in shown.items()}


def test_no_page_names_another_host_or_runs_anything_of_its_own(site: Path) -> None:
    for path, html in every_page().items():
        assert ELSEWHERE.findall(html) == [], path
        assert INLINE.findall(html) == [], path
        assert len(html) < 60_000, path


def test_the_rules_see_what_they_are_for() -> None:
    bad = [
        '<img src="https://x.example/a">',
        "<a href='//x.example'>",
        '<p style="a">',
        "<script>x</script>",
        "<b onclick=x>",
    ]
    assert all(ELSEWHERE.search(one) or INLINE.search(one) for one in bad)


@pytest.mark.parametrize("path", ["/sign-in/", "/me/", "/nothing/", "/health/", "/welcome/"])
def test_every_answer_has_its_headers(site: Path, path: str) -> None:
    answer = browser(person("amy", "lead")).get(path)
    assert answer["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    wanted = {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
    }  # fmt: skip
    assert {name: answer[name] for name in wanted} == wanted


def test_cookies_can_not_be_read_by_scripts_nor_sent_by_other_sites(site: Path) -> None:
    person("amy", "lead")
    client = browser()
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": "amy", "password": PASSWORD})
    for name in ("xiaoer_session", "xiaoer_csrf"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_a_host_that_is_not_ours_is_refused(site: Path) -> None:
    assert Client(HTTP_HOST="evil.example").get("/sign-in/").status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "said"), [("/nothing/", 404, "这里什么也没有"), ("/sign-out/", 405, "不能这样打开")]
)
def test_pages_for_faults_say_what_to_do(site: Path, path: str, status: int, said: str) -> None:
    answer = browser(person("amy", "lead")).get(path)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "回到首页" in answer.content.decode()


def test_a_fault_of_ours_is_a_page_without_any_of_its_insides(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr("xiaoer.site.pages.log.AuditEntry.objects.select_related", broken)
    client = browser(person("own", "owner"))
    client.raise_request_exception = False
    answer = client.get("/log/")
    assert answer.status_code == 500
    assert "是我们的问题" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()


def test_the_language_is_the_person_s_the_browser_s_or_the_site_s(site: Path) -> None:
    nobody = browser()
    person("amy", "lead")
    assert '<html lang="zh-CN">' in nobody.get("/sign-in/").content.decode()
    nobody.post("/language/", {"language": "en", "next": "/sign-in/"})
    shown = nobody.get("/sign-in/").content.decode()
    assert '<html lang="en">' in shown
    assert "Sign in" in shown
    lead = person("ben", "lead")
    lead.language = "zh"
    lead.save()
    client = browser(lead)
    client.cookies["xiaoer_language"] = "en"
    assert "修改密码" in client.get("/me/").content.decode()
    client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    lead.refresh_from_db()
    assert lead.language == "en"


def test_english_pages_hold_no_chinese_but_names(site: Path) -> None:
    owner = person("own", "owner", name="Olga")
    owner.language = "en"
    owner.save()
    client = browser(owner)
    for path in ("me/", "me/password/", "shops/", "people/invite/", "who-sees-what/", "nothing/"):
        text = re.sub(r"<[^>]+>", " ", client.get("/" + path).content.decode())
        left = text.replace("简体中文", "").replace("晨光店", "").replace("远山店", "")
        assert re.findall(r"[\u4e00-\u9fff]+", left) == [], path


def test_pages_can_be_used_from_the_keyboard(site: Path) -> None:
    for path, html in every_page().items():
        assert '<a class="skip" href="#main">' in html, path
        assert 'id="main"' in html, path
        assert len(re.findall(r"<h1", html)) == 1, path
        for field in re.findall(r"<(?:input|select)[^>]*>", html):
            if 'type="hidden"' not in field and "aria-label=" not in field:
                found = re.search(r'\sid="([^"]+)"', field)
                assert found is not None, (path, field)
                assert f'for="{found.group(1)}"' in html, (path, field)
