"""What stars leave of a nick."""

import pytest

from xiaoer.facts.nick_shape import LONGEST, nick_shape


@pytest.mark.parametrize(
    ("nick", "prefix", "suffix", "shortest", "tells"),
    [
        ("t******7", "t", "7", 3, True),
        ("爱**", "爱", "", 2, True),
        ("**8", "", "8", 2, True),
        ("爱＊＊8", "爱", "8", 3, True),
        ("月**#5001", "月", "", 2, True),
        ("a*b*c", "a", "c", 5, False),
        ("***", "", "", 1, False),
    ],
)
def test_a_mask_keeps_its_ends(nick: str, prefix: str, suffix: str, shortest: int, tells: bool) -> None:
    shape = nick_shape(nick)
    assert (shape.prefix, shape.suffix, shape.shortest, shape.longest) == (prefix, suffix, shortest, LONGEST)
    assert (shape.masked, shape.tells) == (True, tells)


def test_a_whole_nick_is_its_own_shape_number_sign_and_all() -> None:
    shape = nick_shape("小#1")
    assert (shape.prefix, shape.suffix, shape.shortest, shape.longest, shape.masked) == ("小#1", "小#1", 3, 3, False)
