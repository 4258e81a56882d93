"""A page for scripts: its data as JSON, UTF-8 as it is, nothing else."""

import json

from xiaoer.actions.render.page import Page, Screen


def render_json(page: Page, screen: Screen) -> bytes:
    """Return the page's data; how wide a screen is changes nothing."""
    return (json.dumps(page.data, ensure_ascii=False, indent=1) + "\n").encode()
