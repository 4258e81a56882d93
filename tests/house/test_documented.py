"""Every setting, metric, platform, table, item of inspection and message code is on its page in both languages."""

import pytest

from tests.house.project import CATALOG, ROOT, text_of
from xiaoer.base.catalog import Catalog
from xiaoer.base.language import messages
from xiaoer.base.settings import declared_settings
from xiaoer.inspection.standards import load_standards


def undocumented(names: list[str], page: str) -> list[str]:
    """Return the names that a page does not hold as code."""
    return [name for name in names if f"`{name}`" not in page]


def stems(kind: str) -> list[str]:
    """Return the names of the declared things of a kind."""
    return sorted(path.stem for path in (CATALOG / kind).rglob("*.yaml"))


def test_a_name_that_is_left_out_is_found() -> None:
    assert undocumented(["zone"], "| `zone` | … |") == []
    assert undocumented(["zone", "day"], "| `zone` | day |") == ["day"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["settings", "metrics", "platforms", "tables", "errors", "inspection", "schemes"])
def test_the_reference(page: str, language: str) -> None:
    names = {
        "settings": list(declared_settings()),
        "metrics": stems("metrics"),
        "platforms": stems("platforms"),
        "tables": stems("tables"),
        "errors": list(messages()),
        "inspection": list(load_standards(Catalog()).items),
        "schemes": stems("schemes"),
    }[page]
    assert names, f"no {page} to document"
    assert undocumented(names, text_of(ROOT / f"docs/reference/{page}.{language}.md")) == []
