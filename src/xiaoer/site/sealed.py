"""Texts that lie in the database sealed: whoever has the database alone can not read them.

The key is made from the site's own (HKDF, RFC 5869), the seal is Fernet: AES-128 and HMAC-SHA256.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
PURPOSE = b"xiaoer: sealed texts, 1"


class OtherKeyError(Exception):
    """The text was sealed by another key: the site's own was lost or replaced since."""


def seal(text: str) -> str:
    """Return a text as it may lie in the database; nothing stays nothing."""
    return _fernet().encrypt(text.encode()).decode("ascii") if text else ""


def unseal(sealed: str) -> str:
    """Return a text that was sealed; an OtherKeyError where this site's key is not the one."""
    try:
        return _fernet().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise OtherKeyError from None


def _fernet() -> Fernet:
    root: str = settings.SECRET_KEY
    key = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(root.encode())
    return Fernet(urlsafe_b64encode(key))
