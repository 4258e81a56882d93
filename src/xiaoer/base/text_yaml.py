"""YAML read as text: no silent booleans, dates or floats; a key written twice is an issue with its line."""

from pathlib import Path
from typing import Any

import yaml

from xiaoer.base.issues import Issue, Place, Severity

Text = str | list["Text"] | dict[str, "Text"]


def read_yaml(path: Path) -> tuple[Text | None, list[Issue]]:
    """Return the document (strings, lists and dicts only) and its issues; None when it can not be parsed."""
    try:
        loader = yaml.CBaseLoader(path.read_text(encoding="utf-8"))
        try:
            reading = _Reading()
            content = reading.text_of(loader.get_single_node())
        finally:
            loader.dispose()
    except UnicodeDecodeError:
        return None, [Issue("catalog.not_utf8", Severity.ERROR, Place(file=str(path)))]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = str(getattr(error, "problem", None) or "syntax")
        return None, [Issue("catalog.not_yaml", Severity.ERROR, Place(str(path), line=line), {"problem": problem})]
    issues = [
        Issue("catalog.key_twice", Severity.ERROR, Place(str(path), line=line), {"key": key})
        for key, line in reading.repeated
    ]
    return content, issues


class _Reading:
    """What the nodes of one document say, each made once; the loader's own way takes five times as long."""

    def __init__(self) -> None:
        self.repeated: list[tuple[str, int]] = []
        self._made: dict[int, Text | None] = {}  # by node: one that is named by an alias is the same node again

    def text_of(self, node: Any) -> Text | None:  # noqa: ANN401 -- the parser's nodes have no types
        """Return a node's text, list or dict; None for no node, a YAMLError for what stands in itself."""
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        number = id(node)
        if number not in self._made:
            self._made[number] = None
            self._made[number] = self._list(node) if isinstance(node, yaml.SequenceNode) else self._dict(node)
        made = self._made[number]
        if made is None:
            raise yaml.MarkedYAMLError(problem="it stands in itself", problem_mark=node.start_mark)
        return made

    def _list(self, node: Any) -> Text:  # noqa: ANN401
        return [text for each in node.value if (text := self.text_of(each)) is not None]

    def _dict(self, node: Any) -> Text:  # noqa: ANN401
        made: dict[str, Text] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key is a text", problem_mark=key.start_mark)
            if key.value in made:
                self.repeated.append((str(key.value), key.start_mark.line + 1))
            text = self.text_of(value)
            assert text is not None, "every value is a node"
            made[str(key.value)] = text
        return made
