"""The commands that the pages promise are there: make targets, and .ci/run that can be run."""

import os
import re

from tests.house.project import ROOT, files_under, text_of


def targets_of(makefile: str) -> set[str]:
    """Return the phony targets of a Makefile, its one variable filled in."""
    kinds = re.search(r"^KINDS := (.*)$", makefile, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert kinds is not None
    assert phony is not None
    return set(phony.group(1).replace("$(KINDS)", kinds.group(1)).split())


def test_targets_are_read() -> None:
    assert targets_of("KINDS := unit spec\n.PHONY: all $(KINDS)\n") == {"all", "unit", "spec"}


def test_every_target_that_a_page_names_exists() -> None:
    targets = targets_of(text_of(ROOT / "Makefile"))
    pages = [
        *files_under("docs", ".md"),
        *(ROOT / f"{name}{end}" for name in ("README", "CONTRIBUTING") for end in (".md", ".zh-CN.md")),
    ]
    code = re.compile(r"`make ([a-z]+)[^`]*`|^make ([a-z]+)", re.MULTILINE)
    said = {first or second for page in pages for first, second in code.findall(text_of(page))}
    assert "demo" in said
    assert sorted(said - targets) == []


def test_ci_can_be_run() -> None:
    for script in (".ci/run", ".ci/setup"):
        assert os.access(ROOT / script, os.X_OK), script
    assert {"make lint", "make test"} <= set(re.findall(r"make \w+", text_of(ROOT / ".ci/run")))
