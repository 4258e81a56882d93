"""What other computers change in the bucket that the data folder is a copy of, fetched while the server lives."""

import logging
import time
from threading import Thread

from xiaoer.actions.home import bring_up_to_date
from xiaoer.base.data_url import url_of
from xiaoer.base.errors import ReportableError
from xiaoer.site.place import Site

SECONDS = 10


def keep_up_to_date(site: Site) -> None:
    """Fetch what others changed every few seconds; nothing is done for a data folder that is its own."""
    if url_of(site.home) is not None:
        Thread(target=_keep, args=[site], daemon=True).start()


def _keep(site: Site) -> None:
    while True:
        time.sleep(SECONDS)
        try:
            bring_up_to_date(site.home)
        except ReportableError as error:  # the connection may be back at the next turn; pages show what is here
            logging.getLogger("xiaoer.other_computers").warning("not up to date: %s", error)
