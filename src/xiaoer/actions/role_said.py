"""How the role of an agent is called."""

from xiaoer.actions.wording import word
from xiaoer.base.language import Language

ROLES = ("pre_sale", "after_sale", "complaints", "promotion", "orders")


def role_said(role: str, language: Language) -> str:
    """Return the reader's word for a role; one that agents can not have (a scheme may name any) as it is written."""
    return word(f"role_{role}", language) if role in ROLES else role
