"""Print the commands of the program as JSON, in the language of XIAOER_LANG; run in a process of its own by cli.py."""

import json
import sys
from typing import Any


def _read_off(command: Any) -> dict[str, Any]:  # noqa: ANN401 -- a click command, which the program's library makes
    shown = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    return {
        "help": " ".join((command.help or "").split()),
        "parameters": [[_spellings(found), _help_of(found), _default_of(found)] for found in shown],
        "options": [name for found in command.params for name in (*found.opts, *found.secondary_opts)] + ["--help"],
        "commands": {
            name: _read_off(below) for name, below in getattr(command, "commands", {}).items() if not below.hidden
        },
    }


def _spellings(parameter: Any) -> list[str]:  # noqa: ANN401 -- a click parameter
    if parameter.param_type_name == "argument":
        return [str(parameter.metavar or parameter.name).upper()]
    return [*parameter.opts, *parameter.secondary_opts]


def _help_of(parameter: Any) -> str:  # noqa: ANN401 -- a click parameter
    return " ".join((getattr(parameter, "help", None) or "").split())


def _default_of(parameter: Any) -> str:  # noqa: ANN401 -- a click parameter
    default = parameter.default
    return str(default) if isinstance(default, str | int) and not isinstance(default, bool) and str(default) else ""


if __name__ == "__main__":
    from typer.main import get_command

    from xiaoer.cli import app

    sys.stdout.write(json.dumps(_read_off(get_command(app)), ensure_ascii=False))
