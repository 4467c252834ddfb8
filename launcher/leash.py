"""Runs a program so that it dies with the process that started it, and, for a starter who is root, as somebody else.

`python -I -S leash.py PARENT SIGNAL USER COMMAND...`: PARENT is the starter's process id, USER a name or `-`.
Only the standard library, and quick to import: it stands before every program that the launcher starts.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 4
CAP_SETPCAP = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
# Either lets a program reach a file in a folder of mode 700; the first is the smaller one, containers often have the second only.
REACHING = (2, 1)  # CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE


def leashed(command: list[str], *, stop: signal.Signals = signal.SIGTERM, user: str = "-") -> list[str]:
    """The command line that runs `command` tied to this process."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(stop)), user, *command]


def die_with_parent(stop: int = signal.SIGTERM) -> None:
    """Asks Linux to send `stop` to this process when its parent dies; elsewhere the sweep at exit does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(stop), 0, 0, 0)


def become(name: str, paths: list[str]) -> None:
    """Gives up root for the user `name`, keeping the right to reach `paths` when folders above are closed.

    PostgreSQL refuses to run as root; opening the folders above it to everybody would be worse.
    """
    person = pwd.getpwnam(name)
    linux = sys.platform == "linux"
    libc = ctypes.CDLL(None, use_errno=True)
    if linux:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(person.pw_gid)
    os.setuid(person.pw_uid)
    if linux and not all(os.access(path, os.X_OK) for path in paths):
        any(_keep(libc, capability) for capability in REACHING)


def _keep(libc: ctypes.CDLL, capability: int) -> bool:
    """Holds one capability over the coming exec. False where this root does not have it."""
    reach, change = 1 << capability, 1 << CAP_SETPCAP
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    if libc.capset(header, (ctypes.c_uint32 * 6)(reach | change, reach | change, reach, 0, 0, 0)) != 0:
        return False
    # Else access(2), with which PostgreSQL looks for its own programs, leaves capabilities aside.
    libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    libc.capset(header, (ctypes.c_uint32 * 6)(reach, reach, reach, 0, 0, 0))
    return bool(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0)


def main(argv: list[str]) -> None:
    """Ties this process to its parent, changes user if asked, and becomes the command."""
    parent, stop, user, *command = argv
    if user != "-":
        become(user, [command[0], *[part for part in command if part.startswith("/")]])
    # After the change of user: that clears the request.
    die_with_parent(int(stop))
    if os.getppid() != int(parent):
        sys.exit(1)  # the parent died before the request was made
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
