"""What is wrong with a command's arguments, in the reader's words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer.exceptions import TyperException

from xiaoer.actions.terminal import complain, tell
from xiaoer.base.issues import Issue
from xiaoer.base.near_names import near_names

if TYPE_CHECKING:  # the texts of messages take longer to load than a help text should wait
    from xiaoer.base.language import Language


def say_issues(issues: Sequence[Issue], language: "Language") -> str:
    """Return issues in words, one a line; their texts are loaded only then."""
    from xiaoer.base import language as texts

    return texts.say_issues(issues, language)


def misused(error: TyperException, language: "Language") -> int:
    """Say what is wrong with the arguments; a group without a command shows its help."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__  # the library keeps these classes private
    if kind == "NoArgsIsHelpError" and context is not None:
        tell(context.get_help())
        return 0
    name = str(getattr(error, "option_name", "") or "")
    parameter = getattr(error, "param", None)
    if parameter is not None:
        name = parameter.opts[0] if parameter.opts[0].startswith("-") else str(parameter.metavar)
    if kind == "NoSuchOption":
        known = [option for found in context.command.params for option in found.opts] if context else []
        near = ", ".join(near_names(name, known) or known)
        issue = Issue("cli.unknown_option", values={"name": name, "near": near})
    elif kind in ("MissingParameter", "BadOptionUsage"):
        issue = Issue("cli.missing_part", values={"name": name})
    else:
        issue = Issue("cli.bad_part", values={"name": name}) if name else Issue("cli.bad_usage")
    complain(say_issues([issue], language))
    return 1
