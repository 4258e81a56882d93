"""When the server looks for garbage: apart from pages, for a look at everything takes longer than most of them.

Python looks at every object that lives whenever a quarter more came to be. Libraries, the catalog and figures at hand
are hundreds of thousands, and none of them is garbage: that was 200 ms, in one page of the team in fifteen.
"""

import gc
import time
from threading import Thread

SECONDS = 10
NEVER = 1_000_000_000


def collect_apart() -> None:
    """Never look at what lives now again, at what comes to live longer only every few seconds, in a thread's turn."""
    young, middle, _ = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(young, middle, NEVER)
    Thread(target=_collect, daemon=True).start()


def _collect() -> None:
    while True:
        time.sleep(SECONDS)
        if gc.get_count()[-1]:  # something has come to live longer
            gc.collect()
