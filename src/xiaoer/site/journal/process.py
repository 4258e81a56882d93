"""The process that takes events in: python -m xiaoer.site.journal.process HOME LANGUAGE."""

import sys
from pathlib import Path

from xiaoer.base.language import Language
from xiaoer.site.beside import beside

SECONDS = 5


def main(home: Path, language: Language) -> int:
    """Take in what waits, again and again, until the server is gone."""
    return beside(home, language, name="journal", seconds=SECONDS, step=_step)


def _step(home: Path, language: Language) -> None:
    from xiaoer.site.journal.take_in import take_in

    take_in(home, language)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "en" if sys.argv[2] == "en" else "zh"))
