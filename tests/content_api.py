"""Twilio's Content API at the other end of a real socket: makes, lists, submits, tells states."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.channels.channels_peer import Answer, Peer, Seen

PAGE = 6
"""Contents a page: fewer than a push makes, so that reading on is tested."""


@dataclass
class Fault:
    """What happens once to the request that ``hits``; ``after`` the work was done."""

    hits: Callable[[Seen], bool]
    answer: Answer
    after: bool = False


def error(status: int, code: int = 0, **headers: str) -> Answer:
    body: object = {"code": code, "message": "canary", "status": status}
    return Answer(body if code else b"<html>", status, headers)


class ContentApi(Peer):
    """https://www.twilio.com/docs/content/content-api-resources"""

    def __init__(self) -> None:
        super().__init__()
        self.contents: dict[str, dict[str, Any]] = {}
        self.approvals: dict[str, dict[str, Any]] = {}
        self.faults: list[Fault] = []

    def sid(self, name: str, language: str) -> str:
        """The newest content of a template's language."""
        return [
            sid
            for sid, made in self.contents.items()
            if made["friendly_name"].startswith(f"mem_{name}_") and made["language"] == language
        ][-1]

    def decide(self, status: str, *sids: str, **more: str) -> None:
        """WhatsApp's word on some contents, or on all."""
        for sid in sids or tuple(self.approvals):
            self.approvals[sid] |= {"status": status, **more}

    def posts(self, ending: str) -> list[Seen]:
        return [one for one in self.seen if one.method == "POST" and one.path.endswith(ending)]

    def answer(self, seen: Seen) -> Answer:
        fault = next((one for one in self.faults if one.hits(seen)), None)
        if fault is None:
            return self._work(seen)
        self.faults.remove(fault)
        if fault.after:
            self._work(seen)
        return fault.answer

    def _work(self, seen: Seen) -> Answer:
        if seen.path == "/v1/Content":
            return self._make(seen) if seen.method == "POST" else self._list(seen)
        found = re.fullmatch(r"/v1/Content/(\w+)/ApprovalRequests(/whatsapp)?", seen.path)
        if not found or found[1] not in self.contents:
            return error(404, 20404)
        return self._submit(found[1], seen) if found[2] else self._approval(found[1])

    def _make(self, seen: Seen) -> Answer:
        given = seen.json
        words = json.dumps(given["types"])
        if set(re.findall(r"\{\{(\d+)\}\}", words)) != set(given.get("variables") or {}):
            return error(400, 20001)
        sid = f"HX{len(self.contents) + len(self.seen):032d}"
        self.contents[sid] = given
        return Answer({"sid": sid, **given}, 201)

    def _list(self, seen: Seen) -> Answer:
        start = int(seen.query.get("Page", 0)) * PAGE
        records = [{"sid": sid, **made} for sid, made in self.contents.items()]
        more = f"{self.url}/v1/Content?Page={start // PAGE + 1}"
        after = more if start + PAGE < len(records) else None
        meta = {"key": "contents", "next_page_url": after, "page": start // PAGE}
        return Answer({"contents": records[start : start + PAGE], "meta": meta})

    def _submit(self, sid: str, seen: Seen) -> Answer:
        if sid in self.approvals:
            return error(400, 20001)
        self.approvals[sid] = {**seen.json, "status": "received", "rejection_reason": ""}
        return Answer(self.approvals[sid], 201)

    def _approval(self, sid: str) -> Answer:
        return Answer({"sid": sid, "whatsapp": self.approvals.get(sid)})
