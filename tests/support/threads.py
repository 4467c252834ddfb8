"""Jobs that run an event loop of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def in_own_thread(job: Callable[[], None]) -> None:
    """Runs it where no event loop runs: a browser test before this one may have left its own in the main thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(job).result()
