"""The client: kept connections that send prepared requests one after another and read whole answers."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.serving import Server


@dataclass(frozen=True)
class Burst:
    """What one burst gave."""

    requests: int
    seconds: float
    cpu_seconds: float
    bytes: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds a request, server and database."""
        return self.cpu_seconds / self.requests * 1000

    @property
    def mean_bytes(self) -> float:
        return self.bytes / self.requests


def burst(
    server: Server, paths: Sequence[str], seconds: float, connections: int = 4, cookie: str = ""
) -> Burst:
    """Asks for the paths in turn for that long."""
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    requests = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{extra}\r\n".encode() for path in paths]
    counts = [(0, 0)] * connections
    cpu, began = server.cpu(), time.monotonic()

    def work(number: int) -> None:
        counts[number] = _ask(server.port, requests[number::connections] or requests, began + seconds)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.monotonic() - began, server.cpu() - cpu
    return Burst(sum(n for n, _ in counts), elapsed, used, sum(size for _, size in counts))


def _ask(port: int, requests: list[bytes], until: float) -> tuple[int, int]:
    done = size = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < until:
            connection.sendall(requests[done % len(requests)])
            size += _read_answer(connection)
            done += 1
    return done, size


def _read_answer(connection: socket.socket) -> int:
    """Reads one answer; its body's bytes. Anything but 200 ends the benchmark."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise SystemExit(f"unexpected answer: {head.splitlines()[0]!r}")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(_receive(connection))
    return length


def _receive(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise SystemExit("the server closed the connection")
    return part
