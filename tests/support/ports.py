"""Ports for the servers that tests start."""

import os
import random
import socket

# Below those that systems give to outgoing connections: nothing takes the port between our look and the server's start.
FIRST, WIDTH, WORKERS = 16_000, 2_000, 8
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
_candidates = iter(random.sample(range(FIRST + _worker * WIDTH, FIRST + (_worker + 1) * WIDTH), WIDTH))


def free_port() -> int:
    """A port of loopback that nobody listens on; each is given once, from a range of this test process's own."""
    for port in _candidates:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("all ports of this test process were given away")
