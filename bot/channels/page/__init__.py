"""The page of the web chat: four files without framework, build step or outside request.

Together they stay under 30 kB (tests/web holds it): they are loaded over 2G.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

FOLDER = Path(__file__).parent


def files(session: Callable[[Request, Response], None]) -> list[Route]:
    """The four files. The page asks anew each time (304 is short), the rest is cached by its hash."""
    kinds = {"chat.js": "text/javascript", "chat.css": "text/css", "favicon.svg": "image/svg+xml"}
    page = (FOLDER / "index.html").read_bytes()
    routes = []
    for name, kind in kinds.items():
        data = (FOLDER / name).read_bytes()
        tag = hashlib.sha256(data).hexdigest()[:12]
        page = page.replace(f'"/{name}"'.encode(), f'"/{name}?v={tag}"'.encode())
        routes.append(Route(f"/{name}", _file(data, kind, tag)))

    show = _file(page, "text/html", hashlib.sha256(page).hexdigest()[:12])

    async def home(request: Request) -> Response:
        answer = await show(request)
        session(request, answer)
        return answer

    return [Route("/", home), *routes]


def _file(data: bytes, kind: str, tag: str) -> Callable[[Request], Awaitable[Response]]:
    etag = f'W/"{tag}"'  # weak: the app may compress

    async def answer(request: Request) -> Response:
        current = request.query_params.get("v") == tag and kind != "text/html"
        cached = "public, max-age=31536000, immutable" if current else "private, no-cache"
        headers = {**HEADERS, "Cache-Control": cached, "ETag": etag}
        if f'"{tag}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(data, media_type=kind, headers=headers)

    return answer
