"""The server looks for garbage apart from pages: never in the thread of one, soon after all the same."""

import subprocess
import sys

LIVES = """
import gc, threading, time, weakref
from xiaoer.site import garbage

class Thing:
    pass

garbage.SECONDS = 0.1
garbage.collect_apart()
looked = []
gc.callbacks.append(lambda _, told: told["generation"] == 2 and looked.append(threading.current_thread().name))
living = [[number] for number in range(300_000)]
print("MainThread" in looked)
one = Thing()
one.itself, ended = one, weakref.ref(one)
del one
until = time.monotonic() + 20
while ended() is not None and time.monotonic() < until:
    time.sleep(0.05)
print(ended() is None, "MainThread" in looked)
"""


def test_pages_do_not_look_at_what_lives_and_garbage_goes_soon() -> None:
    said = subprocess.run([sys.executable, "-c", LIVES], capture_output=True, text=True, check=True)
    assert said.stdout.split("\n")[:2] == ["False", "True False"]
