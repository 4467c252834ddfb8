"""`make test`: pytest with a PostgreSQL of its own. Its output ends with pytest's closing line."""

import os
import sys

from launcher import chromium, throwaway
from launcher.words import or_one_sentence


def main() -> int:
    """pytest's exit code."""
    env = {**os.environ, **chromium.for_tests(os.environ)}
    # Tests start the product some sixty times: what is compiled is kept, whoever asked for a tree without it.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return throwaway.run_with_database(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *sys.argv[1:]], env
    )


if __name__ == "__main__":
    or_one_sentence(main)
