"""The command line as a reader meets it: arguments in; exit code, output and error stream out."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiaoer.cli import run


@dataclass(frozen=True)
class Told:
    """What came of one command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 -- JSON
        """Return the output as JSON; anything beside it on the stream fails here."""
        return json.loads(self.out)


@contextmanager
def _streams() -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = io.TextIOWrapper(out, encoding="utf-8"), io.TextIOWrapper(err, encoding="utf-8")
    try:
        yield out, err
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout.detach()
        sys.stderr.detach()
        sys.stdout, sys.stderr = before


def xiaoer(home: Path | str, *arguments: str | Path, lang: str = "zh") -> Told:
    """Run one command in this process."""
    with _streams() as (out, err):
        code = run(["--home", str(home), "--lang", lang, *map(str, arguments)])
    return Told(code, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))
