"""Functions made machine code, kept between runs where there is a place to keep them."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def compiled(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return the function compiled; it lets other threads run and knows arrays and numbers only."""
    try:
        made: Callable[Arguments, Result] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the program's folder nor the user's can be written, as in many containers
        made = njit(nogil=True)(function)
    return made
