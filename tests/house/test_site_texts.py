"""Every text of the site is English in its place and has its Chinese, with the same blanks and full-width marks."""

import importlib.util
import re
import sys
from types import ModuleType

from tests.house.project import ROOT
from tests.house.test_chinese_punctuation import half_width

BLANK = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")
UNTRANSLATED = {"F Y", "j F"}  # a form of dates, which its Chinese spells with signs of its own


def tool() -> ModuleType:
    """Return .ci/messages.py, which finds and compiles the texts."""
    spec = importlib.util.spec_from_file_location("site_messages", ROOT / ".ci/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["site_messages"] = module
    spec.loader.exec_module(module)
    return module


def first(text: str | tuple[str, ...]) -> str:
    """Return a text, or the singular of a pair."""
    return text if isinstance(text, str) else text[0]


def faults(english: str, chinese: str | None) -> list[str]:
    """Return what is wrong with a text and its Chinese."""
    if not chinese:
        return ["no Chinese"]
    found = ["the English is Chinese"] if HAN.search(english) else []
    if set(BLANK.findall(english)) != set(BLANK.findall(chinese)):
        found.append("other blanks")
    if half_width(chinese):
        found.append("half-width marks")
    return found


def test_good_and_bad_pairs() -> None:
    assert faults("Page %(number)s", "第 %(number)s 页") == []
    assert faults("Page", "") == ["no Chinese"]
    assert faults("Page %(number)s", "第 %(page)s 页") == ["other blanks"]
    assert faults("Gone, sorry", "没有了,抱歉") == ["half-width marks"]


def test_the_project() -> None:
    found = tool()
    said = {first(text) for _place, text in found.texts()}
    kept = {first(one.id): first(one.string) for one in found.translated() if one.id}
    assert len(said) > 100
    wrong = {text: faults(text, kept.get(text)) for text in said - UNTRANSLATED}
    assert {text: why for text, why in wrong.items() if why} == {}, "run `make messages`, then write the Chinese"
    assert sorted(set(kept) - said) == [], "texts that nobody says: run `make messages`"


def test_no_template_says_anything_outside_a_text() -> None:
    loose = {}
    for path in sorted((ROOT / "src/xiaoer/site/templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", " ", text, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<code>[^<]*</code>|<[^>]*>", " ", text)
        words = re.findall(r"[A-Za-z\u4e00-\u9fff]{2,}", text)
        loose[path.name] = [word for word in words if word not in ("English", "简体中文", "nbsp", "amp")]
    assert {name: words for name, words in loose.items() if words} == {}
