"""Write the reference pages again: python docs/generate.py [page …]. `make docs` runs this."""

import sys
from pathlib import Path

from reference_pages import PAGES

FOLDER = Path(__file__).resolve().parent / "reference"


def main(names: list[str]) -> int:
    """Write the pages asked for, all without a name; return 1 when a name is no page."""
    unknown = [name for name in names if name not in PAGES]
    if unknown:
        print(f"No such page: {', '.join(unknown)}. There are: {', '.join(PAGES)}.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name in names or PAGES:
        for language in ("zh", "en"):
            (FOLDER / f"{name}.{language}.md").write_text(PAGES[name](language), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
