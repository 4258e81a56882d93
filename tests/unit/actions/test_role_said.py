"""Every role that agents can have has a word in both languages; any other is shown as it is."""

from xiaoer.actions.role_said import ROLES, role_said
from xiaoer.base.tables import canonical_tables


def test_the_roles_are_those_of_the_table_of_agents() -> None:
    (column,) = (one for one in canonical_tables()["agents"].columns if one.name == "role")
    assert set(column.choices) == set(ROLES)


def test_a_role_is_called_by_its_word() -> None:
    assert role_said("pre_sale", "zh") == "售前"
    assert role_said("after_sale", "en") == "after-sale"
    assert role_said("店长", "zh") == "店长"
