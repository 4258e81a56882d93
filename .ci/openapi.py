"""Write docs/develop/openapi.json, the description of the API: python .ci/openapi.py."""

import json
import tempfile
from pathlib import Path

from xiaoer.site.boot import boot
from xiaoer.site.place import Site

FILE = Path(__file__).resolve().parents[1] / "docs" / "develop" / "openapi.json"


def main() -> None:
    """Write the file as the site answers it."""
    with tempfile.TemporaryDirectory() as folder:
        boot(Site(Path(folder)))
        from xiaoer.site.api.routes import description

        FILE.write_text(json.dumps(description(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
