"""`make check`: every judge of the code, one line each, and the words of those that object."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from launcher.settings import ROOT
from launcher.words import CannotGoOn, or_one_sentence

BIN = Path(sys.executable).parent
PYTHON_CODE = ("marketplace", "launcher", "migrations", "tests", "benchmarks", "scripts", "deploy", "wsgi.py")
PRODUCT_CODE = ("marketplace", "launcher", "wsgi.py")


def judges() -> dict[str, list[str]]:
    """Name -> command line."""
    present = [path for path in PYTHON_CODE if (ROOT / path).exists()]
    product = [path for path in PRODUCT_CODE if (ROOT / path).exists()]
    return {
        "format": ["ruff", "format", "--check", *present],
        "lint": ["ruff", "check", *present],
        "types": ["mypy"],
        "imports": ["lint-imports", "--no-cache"],
        "translations": ["flask", "--app", "wsgi", "check-translations"],
        "templates": ["djlint", "templates", "--lint", "--quiet"],
        "dependencies": ["deptry", "."],
        "security": [
            "bandit",
            "--quiet",
            "--severity-level",
            "medium",
            "-c",
            "pyproject.toml",
            "-r",
            *product,
        ],
    }


def main() -> int:
    """1 when anybody objects. Names of judges as arguments narrow."""
    known = judges()
    chosen = sys.argv[1:] or list(known)
    if unknown := set(chosen) - set(known):
        names, missing = ", ".join(known), ", ".join(sorted(unknown))
        raise CannotGoOn(
            f"Tidak ada pemeriksaan {missing}; yang ada: {names}.",
            f"There is no check {missing}; there are: {names}.",
        )
    with tempfile.TemporaryDirectory() as instance:
        # The application wants a place for its secret; checks leave nothing in the real one.
        env = {**os.environ, "INSTANCE_DIR": instance, "APP_ENV": "development", "PYTHONPATH": str(ROOT)}
        objecting = [name for name in chosen if not _holds(name, known[name], env)]
    print(
        f"\n{len(chosen) - len(objecting)} of {len(chosen)} hold."
        + (f" Not: {', '.join(objecting)}" * bool(objecting))
    )
    return bool(objecting)


def _holds(name: str, command: list[str], env: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(
        f"{'ok ' if not done.returncode else 'NOT'} {name:<13} {time.monotonic() - started:5.1f} s",
        flush=True,
    )
    if done.returncode:
        print(done.stdout, flush=True)
    return not done.returncode


if __name__ == "__main__":
    or_one_sentence(main)
