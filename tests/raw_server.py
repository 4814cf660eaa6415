"""A server that answers every connection with the same bytes, whatever they are."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator


def response(body: bytes, status: str = "200 OK", *headers: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status}".encode(), b"Content-Length: %d" % len(body), b"Connection: close", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@contextlib.contextmanager
def answering(reply: bytes | Callable[[bytes], bytes], host: str = "127.0.0.1") -> Iterator[int]:
    """Yield the port of a server that sends `reply`, or what it makes of a request's head."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        threading.Thread(target=_serve, args=(listener, reply), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _serve(listener: socket.socket, reply: bytes | Callable[[bytes], bytes]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection, reply), daemon=True).start()


def _answer(connection: socket.socket, reply: bytes | Callable[[bytes], bytes]) -> None:
    with contextlib.suppress(OSError), connection:
        connection.settimeout(20)
        head = b""
        while b"\r\n\r\n" not in head:
            if not (chunk := connection.recv(65_536)):
                return
            head += chunk
        connection.sendall(reply if isinstance(reply, bytes) else reply(head))
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass
