"""`.venv`: built once, reused, repaired, and never taken from under a running product."""

from pathlib import Path

import pytest

from launcher import environment
from launcher.environment import Environment
from launcher.words import CannotGoOn


class Pretended(Environment):
    """An environment whose commands are noted instead of run."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / ".venv", {"run": folder / "run.txt", "dev": folder / "dev.txt"})
        self.ran: list[str] = []
        self.breaks = False

    def _run(self, command: list[str], total: int = 0) -> None:
        if "venv" in command:
            self.python.parent.mkdir(parents=True)
            self.python.touch()
            self.ran.append("create")
        elif self.breaks:
            raise KeyboardInterrupt
        else:
            name = Path(command[command.index("-r") + 1]).stem
            self.ran.append(f"repair {name}" if "--force-reinstall" in command else name)


@pytest.fixture
def pretended(tmp_path: Path) -> Pretended:
    (tmp_path / "run.txt").write_text("flask==1\n")
    (tmp_path / "dev.txt").write_text("flask==1\npytest==1\n")
    return Pretended(tmp_path)


def test_the_second_start_installs_nothing(pretended: Pretended) -> None:
    pretended.ensure("run")
    pretended.ensure("run")
    assert pretended.ran == ["create", "run"]


def test_running_then_testing_only_adds(pretended: Pretended) -> None:
    pretended.ensure("run")
    pretended.ensure("dev")
    pretended.ensure("run")
    assert pretended.ran == ["create", "run", "dev"]


def test_testing_first_serves_running_too(pretended: Pretended) -> None:
    pretended.ensure("dev")
    pretended.ensure("run")
    assert pretended.ran == ["create", "dev"]


def test_a_changed_lock_is_installed_in_place(pretended: Pretended) -> None:
    pretended.ensure("run")
    pretended.locks["run"].write_text("flask==2\n")
    pretended.ensure("run")
    assert pretended.ran == ["create", "run", "run"]


def test_a_half_finished_first_start_is_redone(pretended: Pretended) -> None:
    pretended.breaks = True
    with pytest.raises(KeyboardInterrupt):
        pretended.ensure("run")
    assert not pretended.fulfils("run")
    pretended.breaks = False
    pretended.ensure("run")
    assert pretended.ran == ["create", "create", "run"]
    assert pretended.fulfils("run")


def test_a_half_finished_addition_leaves_the_running_product_and_is_repaired(pretended: Pretended) -> None:
    pretended.ensure("run")
    pretended.breaks = True
    with pytest.raises(KeyboardInterrupt):
        pretended.ensure("dev")
    pretended.breaks = False
    assert pretended.fulfils("run")
    pretended.ensure("dev")
    assert pretended.ran == ["create", "run", "repair dev"]


def test_a_moved_folder_is_built_anew(pretended: Pretended) -> None:
    pretended.ensure("run")
    moved = pretended.folder.parent / "elsewhere"
    moved.mkdir()
    pretended.folder.rename(moved / ".venv")
    pretended.folder = moved / ".venv"
    pretended.python = pretended.folder / "bin" / "python"
    pretended.stamp = pretended.folder / pretended.stamp.name
    assert pretended.python.exists()
    assert not pretended.fulfils("run")


def test_a_removed_python_is_noticed(pretended: Pretended) -> None:
    pretended.ensure("run")
    pretended.python.unlink()
    assert not pretended.fulfils("run")


def test_a_python_without_venv_is_one_sentence(pretended: Pretended, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(CannotGoOn, match="venv module"):
        pretended.ensure("run")


def test_the_development_lock_holds_the_runtime_lock() -> None:
    """So that installing for tests never changes a version under a running product."""
    pins = {level: pinned(lock) for level, lock in environment.LOCKS.items()}
    assert pins["run"]
    assert pins["run"] <= pins["dev"]


def test_locks_name_no_registry_and_no_machine() -> None:
    for lock in environment.LOCKS.values():
        assert "/" not in lock.read_text().replace("#    make lock", "")


def pinned(lock: Path) -> set[str]:
    return {line.split(" \\")[0].strip() for line in lock.read_text().splitlines() if "==" in line}
