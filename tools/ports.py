"""Ports of this machine."""

import socket
import struct

HOST = "127.0.0.1"


def is_free(port: int, host: str = HOST) -> bool:
    """Tell whether a server could listen on that port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # an ended server's connections linger a while
        try:
            probe.bind((host, port))
        except OSError:
            return False
    # macOS lets two servers have one port when the other one listens on every address.
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) != 0


def choose(wish: int | None = None) -> int:
    """Return the wished port when it is free, otherwise any free one."""
    if wish is not None and is_free(wish):
        return wish
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def exchange(port: int, message: bytes, timeout: float = 1.0) -> bytes:
    """Send a few bytes to a local server and return the beginning of its answer; empty when it gives none."""
    try:
        with socket.create_connection((HOST, port), timeout) as connection:
            connection.sendall(message)
            return connection.recv(512)
    except OSError:
        return b""


def postgresql_trusts(port: int) -> bool:
    """Tell whether a PostgreSQL there lets the user `postgres` in without a password."""
    parameters = b"user\0postgres\0database\0postgres\0\0"
    answer = exchange(port, struct.pack("!ii", 8 + len(parameters), 3 << 16) + parameters)
    return answer[:1] == b"R" and answer[5:9] == bytes(4)  # AuthenticationOk


def redis_answers(port: int, password: str = "") -> bool:
    """Tell whether a Redis or Valkey there accepts the password (none when empty) and has loaded its data."""
    login = f"AUTH {password}\r\n" if password else ""
    return b"+PONG" in exchange(port, f"{login}PING\r\n".encode()).replace(b"+OK\r\n", b"")
