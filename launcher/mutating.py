"""`make mutate`: breaks the rules and policies in one spot at a time, and wants a test to fail each time.

mutmut does the breaking (`tool.mutmut` in pyproject.toml); the floor is ours, since it has none.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping

from launcher import throwaway
from launcher.settings import ROOT
from launcher.words import CannotGoOn, or_one_sentence

AT_LEAST = 80  # percent of the mutants of each file
CAUGHT = frozenset({"killed", "timeout"})
MUTMUT = [sys.executable, "-m", "mutmut"]
LINE = re.compile(r"^\s*(?P<module>[\w.]+)\.\w+__mutmut_\d+: (?P<status>.+?)\s*$", re.MULTILINE)


def main() -> int:
    """1 when the tests let too many mutants of a file live. Afterwards `mutmut show NAME` tells one of them."""
    # Nothing of an earlier state of the code counts.
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    code = throwaway.run_with_database([*MUTMUT, "run", *sys.argv[1:]], os.environ)
    if code:
        return code
    found = subprocess.run(
        [*MUTMUT, "results", "--all", "true"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return judge(count_statuses(found.stdout))


def count_statuses(listed: str) -> dict[str, Counter[str]]:
    """How many mutants of each module ended how, from mutmut's list; what was not asked for is left out."""
    counted: dict[str, Counter[str]] = {}
    for line in LINE.finditer(listed):
        if line["status"] != "not checked":
            counted.setdefault(line["module"], Counter())[line["status"]] += 1
    return counted


def judge(counted: Mapping[str, Counter[str]]) -> int:
    """Prints a line a module; 1 when one is below the floor."""
    if not counted:
        raise CannotGoOn("Tidak ada mutan yang diperiksa.", "No mutant was tried.")
    poor = []
    for module, statuses in sorted(counted.items()):
        caught = sum(number for status, number in statuses.items() if status in CAUGHT)
        percent = 100 * caught / statuses.total()
        print(f"{percent:6.1f} %  {caught:4} of {statuses.total():4}  {module}")
        if percent < AT_LEAST:
            poor.append(module)
    print(f"\nBelow {AT_LEAST} %: {', '.join(poor)}" if poor else f"\nEach is at {AT_LEAST} % or above.")
    return bool(poor)


if __name__ == "__main__":
    or_one_sentence(main)
