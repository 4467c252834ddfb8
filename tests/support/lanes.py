"""Which tests run one after the other in one process, and which are handed out one by one."""

import zlib

from xdist.scheduler import LoadScopeScheduling

# A process that runs a journey starts a site and a browser. Two lanes, about as long: two processes do so, not all.
FIRST, SECOND = "journeys", "journeys, the longer walks"
LANES = {
    "tests/journeys/test_accessibility.py": SECOND,
    "tests/journeys/test_saved_as_typed.py": SECOND,
    "tests/journeys/test_way_through.py": SECOND,
    # Each of these loads or starts something once for all of its tests.
    "tests/demo/test_loading.py": "demonstration",
    "tests/launcher/test_nginx.py": "behind nginx",
    "tests/security/test_live.py": "live",
    "tests/security/test_limits.py": "limits",
    # Two of them at once would ask the server for more connections than it gives.
    "tests/interests/test_fifty_at_once.py": "fifty",
}
SWEEP = "tests/journeys/test_sweep.py"


def lane_of(nodeid: str) -> str:
    """The name that a test shares with those that it runs after; its own where it runs beside all others."""
    file = nodeid.partition("::")[0]
    if file == SWEEP:
        return f"sweep, half {zlib.crc32(nodeid.encode()) % 2}"
    return LANES.get(file, FIRST if file.startswith("tests/journeys/") else nodeid)


class Lanes(LoadScopeScheduling):
    """Gives a lane to one process; the lanes with most tests begin first.

    Not `--dist loadgroup`: its groups stand in names of tests that pytest 9.2 no longer lets a plugin change.
    """

    def _split_scope(self, nodeid: str) -> str:
        return lane_of(nodeid)
