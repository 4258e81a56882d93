"""URLs of data folders: what they say, what is refused, and the folder that stands in for one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xiaoer.base.data_url import parse_data_url, shown_folder, url_of, working_folder
from xiaoer.base.environment import home_at, read_environment
from xiaoer.base.errors import ReportableError

PARTS = some.text("abc晨 %.-_", min_size=1, max_size=8).map(str.strip).filter(lambda part: part and "%" not in part)


def test_a_url_says_bucket_folder_and_service() -> None:
    url = parse_data_url("s3://kefu/shu//ju/?region=cn&endpoint_override=oss.example&force_virtual_addressing=true")
    assert (url.bucket, url.prefix, url.region, url.is_virtual) == ("kefu", "shu/ju/", "cn", True)
    assert url.endpoint == "https://oss.example"
    assert parse_data_url("s3://kefu?endpoint_override=here:9000&scheme=http").endpoint == "http://here:9000"
    assert parse_data_url("s3://kefu").endpoint is None


@pytest.mark.parametrize(
    "text",
    [
        "s3://", "s3://k", "s3://KEFU", "s3://key:secret@kefu/x", "s3://kefu/a@b", "s3://kefu#part", "s3://kefu?secret=1",
        "s3://kefu?region=", "oss://kefu", "s3://kefu/" + "x" * 250,
    ],
)  # fmt: skip
def test_what_is_no_url_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(ReportableError) as caught:
        parse_data_url(text)
    (issue,) = caught.value.issues
    assert issue.code == "environment.bad_home_url"
    assert "secret" not in str(issue.values)


@given(some.lists(PARTS, max_size=3))
def test_the_folder_s_name_is_the_url(parts: list[str]) -> None:
    url = parse_data_url("/".join(["s3://kefu", *parts]))
    folder = working_folder(url, Path("/cache"))
    assert folder.parent == Path("/cache/xiaoer")
    assert url_of(folder) == url
    assert shown_folder(folder) == str(url)


def test_a_folder_of_its_own_is_none() -> None:
    assert url_of(Path("/srv/kefu/.xiaoer")) is None
    assert shown_folder(Path("/srv/kefu/.xiaoer")) == "/srv/kefu/.xiaoer"


def test_the_environment_names_a_url() -> None:
    found = read_environment({"XIAOER_HOME": "s3://kefu/shuju", "XDG_CACHE_HOME": "/cache"})
    assert found.home == Path("/cache/xiaoer/s3%3A%2F%2Fkefu%2Fshuju")
    assert home_at("s3://kefu", {}).parent == Path.home() / ".cache" / "xiaoer"
