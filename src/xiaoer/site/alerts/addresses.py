"""Addresses of messages: made from what the services give, kept as one secret, shown as a hint of it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.base.mask import masked_name

KINDS = {
    "dingtalk": gettext_lazy("DingTalk robot"),
    "wecom": gettext_lazy("WeCom robot"),
    "feishu": gettext_lazy("Feishu robot"),
    "mail": gettext_lazy("Mail"),
    "webhook": gettext_lazy("Webhook (JSON)"),
}
ANSWERS_WITHIN = "rto=15&cto=10&redirect=no"
LAST = 4


@dataclass(frozen=True)
class Given:
    """What somebody typed of an address."""

    kind: str
    where: str
    secret: str = ""
    server: str = ""
    user: str = ""


def secret_of(given: Given) -> tuple[str, str]:
    """Return the address as the sender reads it, and a hint that may be shown; a ValidationError says what is wrong."""
    return _MAKERS[given.kind](given)


def _token(where: str, key: str) -> str:
    """Return a robot's token from its whole webhook address, or as it stands."""
    parts = urlsplit(where)
    if parts.scheme in ("http", "https"):
        found = parse_qs(parts.query).get(key, [""])[0] if key else parts.path.rstrip("/").rpartition("/")[2]
    else:
        found = where
    if not (len(found) >= 8 and found.isascii() and all(one.isalnum() or one in "-_" for one in found)):
        raise ValidationError({"where": _("There is no robot's key in this. Copy the robot's whole webhook address.")})
    return found


def _dingtalk(given: Given) -> tuple[str, str]:
    token = _token(given.where, "access_token")
    signed = f"{quote(given.secret, safe='')}@" if given.secret else ""
    return f"dingtalk://{signed}{token}/?{ANSWERS_WITHIN}", _hint(token)


def _wecom(given: Given) -> tuple[str, str]:
    token = _token(given.where, "key")
    return f"wecombot://{token}/?{ANSWERS_WITHIN}", _hint(token)


def _feishu(given: Given) -> tuple[str, str]:
    token = _token(given.where, "")
    return f"feishu://{token}/?{ANSWERS_WITHIN}", _hint(token)


def _webhook(given: Given) -> tuple[str, str]:
    try:
        parts = urlsplit(given.where)
        place = str(parts.hostname) if parts.port is None else f"{parts.hostname}:{parts.port}"
    except ValueError:
        parts, place = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ValidationError({"where": _("This is no address of a webhook; it begins with https:// or http://.")})
    query = "".join(f"&-{quote(key)}={quote(value, safe='')}" for key, value in parse_qsl(parts.query))
    scheme = "jsons" if parts.scheme == "https" else "json"
    return f"{scheme}://{place}{quote(parts.path or '/')}?{ANSWERS_WITHIN}{query}", place


def _mail(given: Given) -> tuple[str, str]:
    to = [one.strip() for one in given.where.replace("，", ",").replace(";", ",").split(",") if one.strip()]
    sender = given.user
    if not to or not all(_is_mail(one) for one in [*to, sender]) or not given.server or not given.secret:
        said = _("Mail needs whom it goes to, the mail server, the user (a mail address) and the password.")
        raise ValidationError({"where": said})
    server, _colon, port = given.server.partition(":")
    if not all(one.isalnum() or one in "-." for one in server) or (port and not port.isdigit()):
        raise ValidationError({"server": _("Write the mail server like smtp.example.com or smtp.example.com:465.")})
    name, domain = sender.rsplit("@", 1)
    where = quote(",".join(to), safe="")
    place = f"{domain}:{port}" if port else domain
    mode = "ssl" if port == "465" else "starttls"
    secret = (
        f"mailtos://{quote(name, safe='')}:{quote(given.secret, safe='')}@{place}/?smtp={server}"
        f"&from={quote(sender, safe='')}&to={where}&user={quote(sender, safe='')}&mode={mode}&{ANSWERS_WITHIN}"
    )
    return secret, ", ".join(f"{masked_name(one)}@{one.rsplit('@', 1)[1]}" for one in to)[:60]


def _is_mail(text: str) -> bool:
    name, _at, domain = text.rpartition("@")
    return bool(name) and "." in domain and not any(one.isspace() or one in "<>,;\"'" for one in text)


def _hint(token: str) -> str:
    return f"…{token[-LAST:]}"


_MAKERS: dict[str, Callable[[Given], tuple[str, str]]] = {
    "dingtalk": _dingtalk, "wecom": _wecom, "feishu": _feishu, "mail": _mail, "webhook": _webhook,
}  # fmt: skip
