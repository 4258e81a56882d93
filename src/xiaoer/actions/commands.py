"""Commands whose help is all in the reader's language, and groups that name near commands."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names

# What the library writes by itself, and our word for it.
_WRITTEN = {
    "Usage: ": "help_usage",
    "\nOptions:\n": "help_options",
    "\nCommands:\n": "help_commands",
    "\nArguments:\n": "help_arguments",
    "Show this message and exit.": "help_help",
    "[required]": "help_required",
    "[default: ": "help_default",
}


def translated(help_text: str, language: str) -> str:
    """Return a help text with the library's own words in a language; English is left as it is."""
    if language == "en":
        return help_text
    for written, name in _WRITTEN.items():
        help_text = help_text.replace(written, word(name, language))
    return help_text


class Command(TyperCommand):
    """One command."""

    language = "zh"

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 -- the library's own types are private
        """Return the help."""
        return translated(super().get_help(ctx), self.language)


class Commands(TyperGroup):
    """A group that names near commands when there is none of a name."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 -- see above
        """Return the help."""
        return translated(super().get_help(ctx), Command.language)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 -- see above
        """Return the command and the arguments left for it."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = ", ".join(near_names(args[0], self.commands) or self.commands)
            raise ReportableError.of("cli.unknown_command", values={"name": args[0][:40], "near": near})
        return super().resolve_command(ctx, args)
