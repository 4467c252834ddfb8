"""Processes that answer web requests explain a pair without the libraries of the worker."""

import subprocess
import sys


def test_explaining_a_pair_imports_no_numpy() -> None:
    command = (
        "import sys; from marketplace.matching import explain, ranking, settings;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'numpy', 'scipy', 'sklearn'}))"
    )
    found = subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"
