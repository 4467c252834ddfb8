"""The client: kept connections that send prepared requests one after another and read whole answers."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.serving import Server


class UnexpectedAnswer(Exception):
    """A page that should be fine was not: nothing else is measured."""


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
    cpu, began = server.cpu(), time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        shares = [requests[number::connections] or requests for number in range(connections)]
        try:
            counts = list(pool.map(lambda share: _ask(server.port, share, began + seconds), shares))
        except UnexpectedAnswer as error:
            raise SystemExit(f"{error}\n{server.last_words()}") from error
    elapsed, used = time.monotonic() - began, server.cpu() - cpu
    return Burst(sum(n for n, _ in counts), elapsed, used, sum(size for _, size in counts))


def _ask(port: int, requests: list[bytes], until: float) -> tuple[int, int]:
    """Requests and bytes; connects anew when the server has had enough of a connection."""
    done = size = 0
    while time.monotonic() < until:
        with socket.create_connection(("127.0.0.1", port)) as connection, suppress(ConnectionError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < until:
                request = requests[done % len(requests)]
                connection.sendall(request)
                size += _read_answer(connection, request)
                done += 1
    return done, size


def _read_answer(connection: socket.socket, request: bytes) -> int:
    """Reads one answer; its body's bytes. Raises UnexpectedAnswer for anything but 200."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise UnexpectedAnswer(f"{request.splitlines()[0]!r} was answered {head.splitlines()[0]!r}")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(_receive(connection))
    return length


def _receive(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise ConnectionResetError
    return part
