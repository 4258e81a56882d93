"""`xiaoer serve`: one command; what can not be is refused in plain words; static files are hashed and compressed."""

import gzip
import http.client
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.cli.door import xiaoer
from tests.functional.site.running import Running, free_port, running


def asked(running: Running, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of a request to a running server."""
    host, _, port = running.address.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_one_command_serves_an_empty_folder(tmp_path: Path) -> None:
    with running(tmp_path / "home") as site:
        assert len(site.token) >= 30
        assert asked(site, "/")[1]["Location"] == "/welcome/"
        status, headers, page = asked(site, "/welcome/")
        assert status == 200
        assert "欢迎使用店小二".encode() in page
        assert headers["Server"] == "xiaoer"
        style = re.search(rb'href="(/static/vendor/tabler\.min\.[0-9a-f]{12}\.css)"', page)
        assert style is not None
        status, headers, packed = asked(site, style.group(1).decode(), **{"Accept-Encoding": "gzip"})
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in headers["Cache-Control"]
        assert len(packed) < 120_000 < len(gzip.decompress(packed))
        assert asked(site, "/static/../people.sqlite")[0] == 404
        assert asked(site, "/sign-in/", Host="evil.example")[0] == 400
    folder = tmp_path / "home/site"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    key = (folder / "secret_key").read_text(encoding="ascii")
    with running(tmp_path / "home") as site:
        assert asked(site, "/health/")[2] == b"ok\n"
    assert (folder / "secret_key").read_text(encoding="ascii") == key


def test_behind_https_cookies_go_by_https_only(tmp_path: Path) -> None:
    with running(tmp_path / "home", variables={"XIAOER_SITE_URL": "https://kefu.example"}) as site:
        status, headers, _ = asked(site, "/sign-in/", Host="kefu.example")
        assert (status, headers["Location"]) == (301, "https://kefu.example/sign-in/")
        by_proxy = {"Host": "kefu.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        status, headers, _ = asked(site, "/welcome/", **by_proxy)
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "Secure" in headers["Set-Cookie"]
        assert "HttpOnly" in headers["Set-Cookie"]


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-c", "from xiaoer.cli import main; main()", "--home", str(tmp_path / "h"), "serve"]
        run = subprocess.run(
            [*command, "--port", str(taken.getsockname()[1])], capture_output=True, text=True, timeout=90, check=False
        )  # fmt: skip
    assert run.returncode == 1
    assert "请用 --port 换一个端口" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("variables", "arguments", "said"),
    [
        ({"DATABASE_URL": "mysql://u:geheim@h/d"}, (), "mysql"),
        ({"XIAOER_SITE_URL": "kefu.example"}, (), "kefu.example"),
        ({}, ("--host", "0.0.0.0"), "XIAOER_SITE_URL"),
        ({"DATABASE_URL": "postgresql://u:geheim@127.0.0.1:1/d"}, (), "DATABASE_URL"),
    ],
)
def test_what_can_not_be_is_refused_without_a_traceback_or_a_password(
    tmp_path: Path, variables: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    import os

    command = [sys.executable, "-c", "from xiaoer.cli import main; main()", "--home", str(tmp_path / "h"), "serve"]
    run = subprocess.run(
        [*command, "--port", str(free_port()), *arguments], capture_output=True, text=True, timeout=90, check=False,
        env=os.environ | variables,
    )  # fmt: skip
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert "geheim" not in run.stderr + run.stdout


def test_the_help_is_there_in_both_languages(tmp_path: Path) -> None:
    assert "--port" in xiaoer(tmp_path, "serve", "--help").out
    assert xiaoer(tmp_path, "serve", "--port", "0").code == 1
