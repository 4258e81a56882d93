"""Shapes instead of words: what may be shown of a value that could be a customer's."""

import re

LONGEST_SHAPE = 32
LONGEST_WORD = 12
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # a mobile's number
    r"|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"  # a landline's
    r"|1[.,][3-9]\d*[eE]\+?10(?!\d)|8[.,]61\d*[eE]\+?12(?!\d)"  # a mobile's that a spreadsheet damaged
)
_RUN = re.compile(r"\d{7,}")  # long enough for someone's number
# From a street or an estate to the number of the house, with the towns before it; whole towns are no address.
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:路|街|大道|巷|弄|胡同|小区|花园|公寓|大厦|村)[\u4e00-\u9fffA-Za-z0-9-]{0,12}?\s*"
    r"\d+[-\dA-Za-z]*\s*(?:号|栋|幢|座|单元|室|楼|弄)(?:\s*[-\dA-Za-z]+\s*(?:号|栋|幢|座|单元|室|楼))*(?:\s*\d{2,5}(?!\d))?"
)
_NAMED = re.compile(
    r"((?:收货人|收件人|联系人|签收人|收货姓名)\s*(?:是|叫|[:：])?\s*|姓名\s*[:：是]\s*|我的?名字(?:叫|是)\s*)"
    r"([\u4e00-\u9fff][\u4e00-\u9fff·]{1,3})"
)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DATE_RUN = re.compile(r"(?:19|20)\d{6}(?:\d{6})?")
_SIGNS = r"[-−－+＋.,，:：/()（）%％¥￥ ]"
_UNITS = r"(?<=[\d. ])(?:小时|分钟|秒钟|[年月日号天时点分秒元星件个次])"
_LETTERS = r"(?<=\d)T(?=\d)|(?<=\d)Z|(?<=[\d.,])[eE](?=[-+]?\d)|[AaPp][Mm]|上午|下午"
_NUMBER_OR_TIME = re.compile(rf"(?:\d|{_SIGNS}|{_UNITS}|{_LETTERS})+")


def shown_number(value: str) -> str:
    """Return a number or a time as it stands, of words and of what may be someone's number the shape only.

    For columns of amounts, counts and times: a table with its columns shifted has people in them.
    """
    runs = _RUN.findall(value)
    plain = len(value) <= LONGEST_SHAPE and _NUMBER_OR_TIME.fullmatch(value) and any(map(str.isdigit, value))
    if not plain or _PHONE.search(value) or not all(_DATE_RUN.fullmatch(run) for run in runs):
        return shape_of(value)
    return value


def shown_word(value: str) -> str:
    """Return a short word as it stands, of longer texts and of what holds a longer number the shape only.

    For columns that take one of a few words.
    """
    short = len(value) <= LONGEST_WORD and value.isprintable() and "@" not in value
    return value if short and not re.search(r"\d{5}", value) and not _PHONE.search(value) else shape_of(value)


def masked_name(value: str) -> str:
    """Return a customer's name with its first character only, and nothing of how long it is; empty stays empty."""
    return f"{value[0]}***" if value.strip() else value


def masked_words(text: str, *, name: str = "") -> str:
    """Return what somebody wrote without what may tell who it is: numbers, addresses, mail, names after a label.

    The customer's own name goes too. What else of a person stands in free words can not be known: a text masked so is
    still personal.
    """
    plain = _ADDRESS.sub("***", _PHONE.sub("***", _MAIL.sub("***", text)))
    plain = _RUN.sub("***", _NAMED.sub(lambda found: found[1] + masked_name(found[2]), plain))
    return plain.replace(name, masked_name(name)) if len(name) > 1 else plain


def masked_in_place(text: str, *, name: str = "") -> str:
    """Return what a customer wrote with numbers, addresses and the customer's own name covered, as long as before.

    So that places of characters stay what they are. What else of a person stands in free words can not be known.
    """
    for personal in (_MAIL, _PHONE, _RUN, _ADDRESS):
        text = personal.sub(lambda found: "*" * len(found[0]), text)
    return text.replace(name, name[0] + "*" * (len(name) - 1)) if len(name) > 1 else text


def shape_of(value: str) -> str:
    """Return the value's shape: digits as 9, Latin letters as x, Chinese as 汉, punctuation kept, at most 32 long."""
    shape = "".join(_shape_of_character(character) for character in value[: LONGEST_SHAPE + 1])
    return shape[:LONGEST_SHAPE] + "…" if len(shape) > LONGEST_SHAPE else shape


def _shape_of_character(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isascii():
        return "x" if character.isalpha() else (character if character.isprintable() else "·")
    return "汉" if character.isalnum() else "·"
