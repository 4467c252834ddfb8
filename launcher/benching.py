"""`make bench`: the benchmarks with a PostgreSQL of their own, so that nobody's data is touched."""

import os
import sys

from launcher import throwaway
from launcher.words import or_one_sentence


def main() -> int:
    """The exit code of the benchmarks."""
    return throwaway.run_with_database([sys.executable, "-m", "benchmarks", *sys.argv[1:]], os.environ)


if __name__ == "__main__":
    or_one_sentence(main)
