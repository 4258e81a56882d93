"""The line on which a key of a YAML file stands, for an issue that says where it is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from xiaoer.base.issues import Issue


def line_of(path: Path, keys: Sequence[str | int]) -> int | None:
    """Return the line (from 1) of the key at this path of keys, or of the deepest part of the path that is there.

    None when the file can not be read as YAML.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    line = 1
    for key in keys:
        found = _inside(node, key)
        if found is None:
            break
        line, node = found
    return line


def with_line(issue: Issue) -> Issue:
    """Return the issue with the line of the key that its place names, where it has a file and no line yet."""
    place = issue.place
    if place.file is None or place.line is not None:
        return issue
    keys = [int(part) if part.isdigit() else part for part in (place.column or "").split(".") if part]
    return replace(issue, place=replace(place, line=line_of(Path(place.file), keys)))


def _inside(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None
