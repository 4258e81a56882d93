"""Print the exact versions of everything that xiaoer[dev,bench,spark] needs, read from the environment that runs this.

`make constraints` writes them to constraints.txt: names and versions only, no addresses, no paths.
"""

import sys
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEADER = "# Made by `make constraints`: what the tests ran with. Names and versions only."


def wanted(requirement: Requirement, found: dict[str, str], seen: set[tuple[str, str]]) -> None:
    """Add the requirement's own version, and those of all it needs here, to `found`."""
    for extra in sorted(requirement.extras | {""}):
        key = (canonicalize_name(requirement.name), extra)
        if key in seen:
            continue
        seen.add(key)
        package = distribution(requirement.name)
        found[key[0]] = package.version
        for line in package.requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                wanted(needed, found, seen)


def main() -> int:
    """Print the constraints and return 0, or 1 when something that is needed is not installed."""
    found: dict[str, str] = {}
    try:
        wanted(Requirement("xiaoer[dev,bench,spark]"), found, set())
    except PackageNotFoundError as error:
        print(
            f'Not installed: {error.name}. Install it into .venv first: pip install -U -e ".[dev,bench,spark]"',
            file=sys.stderr,
        )
        return 1
    found.pop("xiaoer")
    print(HEADER)
    for name, version in sorted(found.items()):
        print(f"{name}=={version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
