"""The first file that Python reads: it must speak to Pythons that cannot run the rest."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.settings import ROOT

BOOTSTRAP = ROOT / "launcher" / "bootstrap.py"


def test_an_old_python_can_read_it() -> None:
    ast.parse(BOOTSTRAP.read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_an_old_python_is_told_what_to_do(version: tuple[int, int], tmp_path: Path) -> None:
    pretend = f"import sys; sys.version_info = {version}; exec(compile(open({str(BOOTSTRAP)!r}).read(), 'b', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "make run PYTHON=" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_one_sentence() -> None:
    done = subprocess.run([sys.executable, BOOTSTRAP, "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "run, test" in done.stderr
    assert "Traceback" not in done.stderr
