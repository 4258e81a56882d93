"""What each figure means: every metric has its page in both languages, and is found by its words."""

from pathlib import Path

import pytest

from tests.functional.site.cast import amy, browser, person
from xiaoer.actions.metric_pages import list_metrics
from xiaoer.site.metric_reference.example import small_table


def test_every_metric_has_a_page_in_both_languages_that_says_its_formula(site: Path) -> None:
    owner = person("own", "owner")
    for language in ("zh", "en"):
        owner.language = language
        owner.save()
        client = browser(owner)
        made = list_metrics(site, language).data["metrics"]
        assert isinstance(made, list)
        for one in made:
            answer = client.get(f"/metrics/{one['name']}/")
            assert answer.status_code == 200, one["name"]
            assert answer.context["formula"] == one["formula"][language]
            assert len(answer.context["examples"]) >= 2, one["name"]
            assert len(answer.content) < 60_000, one["name"]


def test_every_group_leads_to_its_metrics_and_no_metric_is_left_out(site: Path) -> None:
    client = browser(amy())
    made = list_metrics(site, "zh").data["metrics"]
    assert isinstance(made, list)
    first = client.get("/metrics/")
    seen = set()
    for group in first.context["groups"]:
        answer = client.get("/metrics/", {"group": group.name})
        assert len(answer.content) < 60_000
        assert [one.name for one in answer.context["shown"]] == [group.name]
        seen |= {entry.name for one in answer.context["shown"] for entry in one.entries}
    assert seen == {one["name"] for one in made}


@pytest.mark.parametrize("question", ["接待人数", "RECEIVED_buyers", "  ｒeceived_buyers "])
def test_a_metric_is_found_by_its_label_or_name_however_it_is_typed(site: Path, question: str) -> None:
    shown = browser(amy()).get("/metrics/", {"q": question}).content.decode()
    assert 'href="/metrics/received_buyers/"' in shown


def test_a_question_without_an_answer_says_what_to_try(site: Path) -> None:
    shown = browser(amy()).get("/metrics/", {"q": "<script>zzz"}).content.decode()
    assert "没有这样的指标" in shown
    assert "<script>zzz" not in shown


def test_a_search_while_typing_returns_the_part_only(site: Path) -> None:
    part = browser(amy()).get("/metrics/", {"q": "接待"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="found"')
    assert "<html" not in part


def test_an_unknown_metric_names_near_ones(site: Path) -> None:
    answer = browser(amy()).get("/metrics/received_buyer/")
    assert answer.status_code == 422
    assert "received_buyers" in answer.content.decode()


def test_the_page_shows_the_example_s_rows_and_what_they_give(site: Path) -> None:
    example = browser(amy()).get("/metrics/received_buyers/").context["examples"][0]
    assert example.inputs[0].rows[0][0] == "阿青"
    assert example.result.head[-1] == "received_buyers"
    assert all(len(row) == len(example.inputs[0].head) for row in example.inputs[0].rows)


def test_a_small_table_fills_short_rows() -> None:
    made = small_table("x", "a | b | c\n1 | 2\n")
    assert (made.head, made.rows) == (("a", "b", "c"), (("1", "2", ""),))
