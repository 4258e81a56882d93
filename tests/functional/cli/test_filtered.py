"""xiaoer filtered: every contact that was left out, with its reason."""

from pathlib import Path

from tests.functional.cli.door import xiaoer

SEPTEMBER = ("--from", "2024-09-01", "--to", "2024-09-30")


def test_each_contact_has_its_reason(shop: Path) -> None:
    told = xiaoer(shop, "filtered", *SEPTEMBER)
    assert told.out.startswith("1 个会话被过滤 · 晨光店 · 2024-09-01 至 2024-09-30\n")
    assert "群发" in told.out
    data = xiaoer(shop, "filtered", *SEPTEMBER, "--json").data
    assert data["rows"] == [
        {
            "shop": "晨光店", "day": "2024-09-03", "start_at": "2024-09-03T09:10:00+08:00", "agent": "晨光店:小林",
            "buyer": "=老周", "reason": "bulk_message", "buyer_messages": 1, "agent_messages": 0,
        }
    ]  # fmt: skip
    assert data["reasons"] == {"bulk_message": 1}


def test_a_name_that_looks_like_a_formula_is_harmless_in_csv(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "filtered.csv"
    assert xiaoer(shop, "filtered", *SEPTEMBER, "-o", file).code == 0
    assert "'=老周" in file.read_text(encoding="utf-8-sig")


def test_days_without_any(shop: Path) -> None:
    told = xiaoer(shop, "filtered", "--from", "2024-09-29", "--to", "2024-09-29")
    assert told.code == 0
    assert told.out.startswith("0 个会话被过滤")


def test_bad_days_and_an_empty_home(shop: Path, tmp_path: Path) -> None:
    assert xiaoer(shop, "filtered", "--from", "昨天", "--to", "2024-09-29").code == 1
    assert xiaoer(tmp_path / "nothing", "filtered", *SEPTEMBER).code == 1
