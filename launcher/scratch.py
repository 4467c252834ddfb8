"""Where tests write: in memory where there is room, since they wait for disks more than for anything else."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # nosec B108 - memory is meant, and the folder in it is our own
# Ten times what a whole run has lying there at once.
_ROOM = 4 << 30
# Short: paths of sockets below it may have a hundred characters.
_PREFIX = "titik-"


@contextmanager
def scratch(env: Mapping[str, str], memory: Path = MEMORY) -> Iterator[dict[str, str]]:
    """The environment with TMPDIR in memory while it lasts; whoever set one keeps it."""
    if env.get("TMPDIR") or not memory.is_dir() or shutil.disk_usage(memory).free < _ROOM:
        yield dict(env)
        return
    _remove_abandoned(memory)
    with tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", dir=memory, ignore_cleanup_errors=True
    ) as folder:
        # Databases of a root person belong to another user, who must pass through.
        Path(folder).chmod(0o711)
        yield {**env, "TMPDIR": folder}


def _remove_abandoned(memory: Path) -> None:
    """What runs left behind that were killed: memory is not given back by itself."""
    for folder in memory.glob(f"{_PREFIX}*"):
        with suppress(ValueError):
            if not _lives(int(folder.name.removeprefix(_PREFIX).partition("-")[0])):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
