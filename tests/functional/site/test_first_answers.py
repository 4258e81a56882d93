"""While figures are made after a change, pages say so."""

from pathlib import Path

from tests.functional.site.cast import browser, person, shop
from xiaoer.site.first_answers import under_way

SAID = "数据有变动，正在重新算数字"


def test_pages_say_so_while_figures_are_made(site: Path) -> None:
    client = browser(person("lin", "lead"))
    address = f"/s/{shop().pk}/settings/"
    assert SAID not in client.get(address).content.decode()
    under_way.set()
    try:
        assert SAID in client.get(address).content.decode()
    finally:
        under_way.clear()
