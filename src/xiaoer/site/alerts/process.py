"""The process that checks rules and sends messages: python -m xiaoer.site.alerts.process HOME LANGUAGE."""

import sys
from pathlib import Path

from xiaoer.base.language import Language
from xiaoer.site.beside import beside

SECONDS = 10


def main(home: Path, language: Language) -> int:
    """Check and send, again and again, until the server is gone."""
    return beside(home, language, name="alerts", seconds=SECONDS, begin=_begin, step=_step)


def _begin(home: Path, language: Language) -> None:
    from django.utils import timezone

    from xiaoer.site.alerts.send import note_interrupted

    note_interrupted(timezone.now())


def _step(home: Path, language: Language) -> None:
    from django.utils import timezone

    from xiaoer.site.alerts.check import check_rules
    from xiaoer.site.alerts.send import send_due

    check_rules(timezone.now(), language)
    while send_due(timezone.now()):
        pass


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "en" if sys.argv[2] == "en" else "zh"))
