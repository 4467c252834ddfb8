"""`make test`: pytest with a PostgreSQL of its own. Its output ends with pytest's closing line."""

import os
import sys

from launcher import chromium, throwaway
from launcher.scratch import scratch
from launcher.words import or_one_sentence

# One more than the two cores of our smallest machine: a process that waits for its browser, site or server (a fifth of
# the time) leaves its core to another. Who runs what: tests/support/lanes.py.
PROCESSES = "3"


def main() -> int:
    """pytest's exit code."""
    env = {**os.environ, **chromium.for_tests(os.environ)}
    # Tests start the product some sixty times: what is compiled is kept, whoever asked for a tree without it.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "pytest", "-n", PROCESSES, "--dist", "load", *sys.argv[1:]]
    with scratch(env) as quick:
        return throwaway.run_with_database(command, quick)


if __name__ == "__main__":
    or_one_sentence(main)
