"""What a line of a chat is: words, a card, a picture, a recall, a transfer, a read mark or noise of the window."""

import re
from dataclasses import dataclass

READ_STATES = frozenset({"已读", "未读", "发送中"})
_NOISE = re.compile(r"当前用户来自.*|商品详情页|商品推荐|这些非常适合您的商品可以一起看看.*")
_PRICE = re.compile(r"[¥￥]\s*\d[\d.,]*(?:\s*[-~]\s*[¥￥]?\s*\d[\d.,]*)?")
_RECALL = re.compile(r"(?P<nick>.{0,64}?)\s*撤回了一条消息")
_TRANSFER = re.compile(r"由\s*(?P<source>\S+?)\s*转交给\s*(?P<target>[^\s，,。]+)\s*(?:[，,]\s*原因[:：].*|[。.])?")
_AUTO = re.compile(r"\s*[\[【(（]\s*自动回复\s*[\]】)）]")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp|bmp)(?:[?_]\S*)?|\[图片\]|【图片】", re.IGNORECASE)
_EMOJI = re.compile(r"(?:/:\S{1,6}|\[表情\]|\s)+")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A robot or a colleague handed the buyer on."""

    source: str
    target: str


def transfer_of(line: str) -> Transfer | None:
    """Return the transfer that the whole line tells of, or None."""
    found = _TRANSFER.fullmatch(line.strip()) if "转交给" in line else None
    return Transfer(found["source"], found["target"]) if found else None


def is_recall(line: str) -> bool:
    """Return whether the whole line tells that a message was taken back."""
    return "撤回了一条消息" in line and _RECALL.fullmatch(line.strip()) is not None


def is_noise(line: str) -> bool:
    """Return whether the window wrote the line beside the chat (where the visitor came from, suggested goods)."""
    return _NOISE.fullmatch(line.strip()) is not None


def is_price(line: str) -> bool:
    """Return whether the line is a price alone, as goods cards leave it when copied."""
    return _PRICE.fullmatch(line.strip()) is not None


def is_automatic(text: str) -> bool:
    """Return whether the text is marked as an automatic reply."""
    return _AUTO.match(text) is not None


def kind_of(text: str | None) -> str:
    """Return the kind of a message that is nothing but a link, a picture or emoji; `text` otherwise."""
    if not text:
        return "text"
    if _EMOJI.fullmatch(text):
        return "emoji"
    lines = text.split()
    if all(_PICTURE.fullmatch(line) for line in lines) and lines:
        return "image"
    return "product_card" if lines and all(_URL.fullmatch(line) for line in lines) else "text"
