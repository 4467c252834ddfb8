"""`make lock`: requirements*.txt from the short lists in pyproject.toml, for every platform, with hashes.

uv, since its locks hold for Linux and macOS and Python 3.11 and newer at once; pip installs them.
"""

import subprocess
import sys

from launcher.settings import ROOT
from launcher.words import or_one_sentence

COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-annotate"),
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    # No address of a registry: a lock is of everybody.
    *(
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--custom-compile-command",
        "make lock",
    ),
]
LOCKS = (
    ["--output-file", "requirements.txt"],
    ["--output-file", "requirements-dev.txt", "--extra", "dev", "--constraint", "requirements.txt"],
)


def main() -> int:
    """0 when both files are compiled. `--upgrade` takes newer versions."""
    for lock in LOCKS:
        code = subprocess.run([*COMPILE, *lock, *sys.argv[1:]], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    or_one_sentence(main)
