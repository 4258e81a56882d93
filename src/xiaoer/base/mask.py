"""Shapes instead of words: what may be shown of a value that could be a customer's."""

LONGEST_SHAPE = 32


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
