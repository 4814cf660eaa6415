"""What of the Hugging Face hub reading a data set needs, on loopback, with a log of what was asked."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

SHA = "0123456789abcdef0123456789abcdef01234567"
_API = re.compile(r"/api/datasets/([^/]+/[^/]+)(?:/revision/([^/]+))?")
_TREE = re.compile(r"/api/datasets/([^/]+/[^/]+)/tree/([^/]+)/?(.*)")
_FILE = re.compile(r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")


class Hub:
    """One data set; `gated` refuses its files, `broken` answers every request for a file with 500."""

    def __init__(
        self, name: str, files: dict[str, bytes], *, gated: bool = False, broken: bool = False
    ) -> None:
        self.name, self.files, self.gated, self.broken = name, files, gated, broken
        self.ranges: list[tuple[str, int, int]] = []
        self.url = ""

    def answer(self, path: str, range_: str) -> tuple[int, dict[str, str], bytes]:
        if match := _FILE.fullmatch(path):
            return self._file(match[1], match[3], range_)
        match = _TREE.fullmatch(path) or _API.fullmatch(path)
        if match is None or match[1] != self.name:
            return 404, {"X-Error-Code": "RepoNotFound"}, b"{}"
        if match[2] not in (None, "main", SHA):
            return 404, {"X-Error-Code": "RevisionNotFound"}, b"{}"
        return 200, {}, json.dumps(self._tree(match[3]) if match.re is _TREE else self._info()).encode()

    def _info(self) -> dict[str, object]:
        return {"id": self.name, "sha": SHA, "siblings": [{"rfilename": path} for path in self.files]}

    def _tree(self, folder: str) -> list[dict[str, object]]:
        return [
            {"type": "file", "path": path, "size": len(content), "oid": SHA}
            for path, content in self.files.items()
            if path.rpartition("/")[0] == folder
        ]

    def _file(self, name: str, path: str, range_: str) -> tuple[int, dict[str, str], bytes]:
        if self.gated:
            return 403, {"X-Error-Code": "GatedRepo"}, b""
        if self.broken:
            return 501, {}, b""
        content = self.files[path]
        first, last = (int(n) for n in range_.removeprefix("bytes=").split("-"))
        self.ranges.append((path, first, last))
        part = content[first : last + 1]
        return 206, {"Content-Range": f"bytes {first}-{first + len(part) - 1}/{len(content)}"}, part


@contextlib.contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            status, headers, body = hub.answer(path, self.headers.get("Range", ""))
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
