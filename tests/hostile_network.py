"""Programs that want to be heard: by every kind of socket, at listeners that the test really has."""

from __future__ import annotations

from hostile import Case, attack

# family, type and the address of a listener of the test
REACHES = {
    "tcp": ("AF_INET", "SOCK_STREAM", "('127.0.0.1', TCP4)"),
    "tcp-v6": ("AF_INET6", "SOCK_STREAM", "('::1', TCP6)"),
    "udp": ("AF_INET", "SOCK_DGRAM", "('127.0.0.1', UDP4)"),
    "udp-v6": ("AF_INET6", "SOCK_DGRAM", "('::1', UDP6)"),
    "unix-stream": ("AF_UNIX", "SOCK_STREAM", "STREAM"),
    "unix-datagram": ("AF_UNIX", "SOCK_DGRAM", "DATAGRAM"),
    "unix-abstract-stream": ("AF_UNIX", "SOCK_STREAM", "ABSTRACT_STREAM"),
    "unix-abstract-datagram": ("AF_UNIX", "SOCK_DGRAM", "ABSTRACT_DATAGRAM"),
}
DIRECT = [
    attack(
        f"send-by-{name}",
        f"""
import socket
def send():
    one = socket.socket(socket.{family}, socket.{kind})
    one.settimeout(1)
    one.connect({address})
    one.send(b"hello")
denied(send)
""",
    )
    for name, (family, kind, address) in REACHES.items()
]
PAIRS = [
    attack(
        f"{kind.lower()}-pair-sends-to-{name}",
        f"""
import socket
def send():
    a, b = socket.socketpair(socket.AF_UNIX, socket.{kind})
    a.settimeout(1)
    for attempt in (lambda: a.sendto(b"hello", {address}), lambda: a.sendmsg([b"hello"], [], 0, {address})):
        try:
            attempt()
        except OSError:
            pass
    a.close()
    b.close()
    raise OSError
denied(send)
""",
    )
    for kind in ("SOCK_DGRAM", "SOCK_SEQPACKET", "SOCK_STREAM")
    for name, address in (("a-path", "DATAGRAM"), ("an-abstract-name", "ABSTRACT_DATAGRAM"))
]
KINDS = {
    "raw": "socket.AF_INET, socket.SOCK_RAW, 1",
    "raw-v6": "socket.AF_INET6, socket.SOCK_RAW, 58",
    "ping": "socket.AF_INET, socket.SOCK_DGRAM, 1",
    "netlink": "socket.AF_NETLINK, socket.SOCK_RAW, 0",
    "packet": "socket.AF_PACKET, socket.SOCK_RAW, 0x0300",
    "vsock": "socket.AF_VSOCK, socket.SOCK_STREAM, 0",
    "bluetooth": "31, socket.SOCK_RAW, 1",
    "kernel-crypto": "socket.AF_ALG, socket.SOCK_SEQPACKET, 0",
    "tipc": "socket.AF_TIPC, socket.SOCK_DGRAM, 0",
    "can": "socket.AF_CAN, socket.SOCK_RAW, 1",
    "multipath-tcp": "socket.AF_INET, socket.SOCK_STREAM, 262",
    "sctp": "socket.AF_INET, socket.SOCK_STREAM, 132",
    "qipcrtr": "42, socket.SOCK_DGRAM, 0",
    "xdp": "44, socket.SOCK_RAW, 0",
}
SOCKETS = [
    attack(f"socket-of-kind-{name}", f"import socket\ndenied(lambda: socket.socket({arguments}))")
    for name, arguments in KINDS.items()
]
USES = [
    attack("socket-by-number", "for family in range(46): refused(41, family, 1, 0)"),
    attack(
        "pair-by-number",
        "for kind in (2, 3, 5): refused(53, 1, kind, 0, __import__('ctypes').create_string_buffer(8))",
    ),
    attack(
        "pair-of-another-family",
        "for family in (2, 10, 16, 30): refused(53, family, 1, 0, "
        "__import__('ctypes').create_string_buffer(8))",
    ),
    attack(
        "connect-by-number",
        "import ctypes, struct\nrefused(42, 0, struct.pack('=HHI8x', 2, 0, 0x0100007F), 16)",
    ),
    attack("bind-by-number", "import struct\nrefused(49, 0, struct.pack('=HHI8x', 2, 0, 0), 16)"),
    attack(
        "listen-and-accept-by-number",
        "refused(50, 0, 1)\nrefused(43, 0, None, None)\nrefused(288, 0, None, None, 0)",
    ),
    attack(
        "connect-of-a-pair",
        """
        import socket
        a, b = socket.socketpair()
        denied(lambda: a.connect(STREAM), lambda: a.connect(ABSTRACT_STREAM))
        """,
    ),
    attack(
        "bind-of-a-pair",
        "import socket\na, b = socket.socketpair()\n"
        "denied(lambda: a.bind('\\0hornbook'), lambda: a.bind('/tmp/s'))",
    ),
    attack(
        "name-look-up",
        "import socket\n"
        "denied(lambda: socket.getaddrinfo('localhost', 80), lambda: socket.gethostbyname('example.org'))",
    ),
    attack(
        "web-page",
        "import urllib.request\n"
        "denied(lambda: urllib.request.urlopen(f'http://127.0.0.1:{TCP4}/', timeout=1))",
    ),
    attack(
        "http-client",
        "import http.client\n"
        "denied(lambda: http.client.HTTPConnection('127.0.0.1', TCP4, timeout=1).request('GET', '/'))",
    ),
    attack(
        "asynchronous-connection",
        "import asyncio\nasync def main():\n    await asyncio.open_connection('127.0.0.1', TCP4)\n"
        "denied(lambda: asyncio.run(main()))",
    ),
    attack(
        "asynchronous-server",
        """
        import asyncio, os
        async def main():
            server = await asyncio.start_server(print, "127.0.0.1", 0)
            if server.sockets:
                os._exit(9)
            raise OSError
        denied(lambda: asyncio.run(main()))
        """,
    ),
    attack("server", "import socketserver\ndenied(lambda: socketserver.TCPServer(('127.0.0.1', 0), None))"),
    attack("server-on-a-path", "import socket\ndenied(lambda: socket.socket(socket.AF_UNIX).bind('/tmp/s'))"),
    attack(
        "inherited-sockets",
        """
        import os, socket
        for fd in open_descriptors():
            for address in (("127.0.0.1", TCP4), STREAM, DATAGRAM, ABSTRACT_STREAM, ABSTRACT_DATAGRAM):
                for use in ("connect", "bind"):
                    def attempt():
                        getattr(socket.socket(fileno=os.dup(fd)), use)(address)
                    denied(attempt)
        """,
    ),
    attack(
        "inherited-sockets-send-elsewhere",
        """
        import os, socket
        for fd in open_descriptors():
            for address in (DATAGRAM, ABSTRACT_DATAGRAM):
                try:
                    socket.socket(fileno=os.dup(fd)).sendto(b"", address)
                except OSError:
                    pass
        """,
    ),
    attack("ring-of-the-kernel", "import ctypes\nrefused(425, 1, ctypes.create_string_buffer(120))"),
    attack("ring-of-the-kernel-entered", "refused(426, 0, 0, 0, 0, None, 0)\nrefused(427, 0, 0, None, 0)"),
    attack("interfaces-listed", "import socket\ndenied(socket.if_nameindex)"),
    attack(
        "many-messages-by-number", "import ctypes\nrefused(307, 0, ctypes.create_string_buffer(64), 1, 0)"
    ),
]
CASES: list[Case] = [*DIRECT, *PAIRS, *SOCKETS, *USES]
