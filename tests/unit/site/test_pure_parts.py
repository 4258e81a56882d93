"""Parts of the site that need no database: keys, addresses, databases, times of sessions, masks, spreads."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xiaoer.base.environment import SiteEnvironment, read_site_environment
from xiaoer.base.errors import ReportableError
from xiaoer.base.mask import masked_name
from xiaoer.site.database import database_of
from xiaoer.site.permissions import table
from xiaoer.site.place import site_at
from xiaoer.site.secret import secret_key


def test_the_key_is_made_once_even_by_many_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path), range(20)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 60
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_addresses_are_read_and_wrong_ones_named() -> None:
    assert read_site_environment({}) == SiteEnvironment(None, ())
    found = read_site_environment({"XIAOER_SITE_URL": " https://kefu.example/ , http://10.0.0.2:8000"})
    assert found.addresses == ("https://kefu.example", "http://10.0.0.2:8000")
    for bad in ("kefu.example", "ftp://x", "https://x/path", "http://x:99999", "https://", "http://x:0"):
        with pytest.raises(ReportableError) as refused:
            read_site_environment({"XIAOER_SITE_URL": bad})
        assert refused.value.issues[0].code == "environment.bad_address"


def test_open_to_others_only_under_a_known_address(tmp_path: Path) -> None:
    nothing = SiteEnvironment(None, ())
    near = site_at(tmp_path, "zh", host="127.0.0.1", port=8123, environment=nothing)
    assert near.addresses[0] == "http://127.0.0.1:8123"
    assert not near.encrypted
    with pytest.raises(ReportableError):
        site_at(tmp_path, "zh", host="0.0.0.0", port=80, environment=nothing)
    both = SiteEnvironment(None, ("https://a.example", "http://b.example"))
    assert not site_at(tmp_path, "zh", host="0.0.0.0", port=80, environment=both).encrypted
    one = SiteEnvironment(None, ("https://a.example",))
    assert site_at(tmp_path, "zh", host="0.0.0.0", port=80, environment=one).encrypted


def test_databases(tmp_path: Path) -> None:
    assert database_of(None, tmp_path)["NAME"] == str(tmp_path / "people.sqlite")
    found = database_of("postgresql://u%40x:p%2Fw@db:5433/shop?sslmode=require", tmp_path)
    parts = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert parts == {
        "NAME": "shop", "USER": "u@x", "PASSWORD": "p/w", "HOST": "db", "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip
    with pytest.raises(ReportableError) as refused:
        database_of("mysql://u:secret@h/d", tmp_path)
    assert "secret" not in str(refused.value.issues)


@pytest.mark.parametrize(
    ("name", "shown"), [("阿青", "阿***"), ("a", "a***"), ("tb12345678", "t***"), ("", ""), ("  ", "  ")]
)
def test_a_masked_name_keeps_its_first_character_and_not_its_length(name: str, shown: str) -> None:
    assert masked_name(name) == shown


def test_the_table_refuses_what_it_does_not_name() -> None:
    assert table().scope("agent", "see_team") is None
    assert table().scope("stranger", "see_team") is None
    with pytest.raises(KeyError):
        table().scope("owner", "do_anything")
