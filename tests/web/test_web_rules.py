"""The HTTP rules of the web chat, told as tables."""

from __future__ import annotations

import json
import re
import secrets
import string
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_site import Site, header

from bot.channels.base import Forged, Outbound
from bot.channels.page import FOLDER
from bot.channels.web import COOKIE, Line, _Pace

GOOD: dict[str, object] = {"id": "client-id-1", "text": "salam"}
FILES = ("index.html", "chat.js", "chat.css", "favicon.svg")


def post(client: httpx2.Client, body: object = None, **headers: str) -> httpx2.Response:
    data = json.dumps(
        body or GOOD
    )  # ASCII: lone surrogates travel as escapes, as browsers send them
    sent = {"Content-Type": "application/json", **headers}
    return client.post("/chat/messages", content=data, headers=sent)


def test_the_page_is_light() -> None:
    assert sum((FOLDER / name).stat().st_size for name in FILES) <= 30_000


def test_the_page_asks_nobody_else() -> None:
    page = (FOLDER / "index.html").read_text() + (FOLDER / "chat.css").read_text()
    assert not re.findall(r"https?://|url\(|@import|\son\w+=|style=|<style", page)


@pytest.mark.parametrize("path", ["/", "/chat.js", "/chat.css", "/favicon.svg", "/chat/messages"])
def test_strict_headers_everywhere(site: Site, path: str) -> None:
    answer = site.client().get(path)
    policy = header(answer, "content-security-policy")
    assert answer.status_code == 200
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'; base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert header(answer, "x-content-type-options") == "nosniff"
    assert header(answer, "referrer-policy") == "same-origin"


def test_files_are_cached_by_their_hash_and_the_page_asks_anew(site: Site) -> None:
    client = site.client()
    page = client.get("/?s=FES25&lang=ar")
    script = re.search(r'src="(/chat\.js\?v=[0-9a-f]+)"', page.text)
    assert script
    assert "immutable" in header(client.get(script[1]), "cache-control")
    assert "no-cache" in header(client.get("/chat.js?v=old"), "cache-control")
    assert header(page, "cache-control") == "private, no-cache"
    again = client.get("/", headers={"If-None-Match": header(page, "etag")})
    assert (again.status_code, again.content) == (304, b"")


def test_a_session_is_random_and_out_of_reach(site: Site) -> None:
    cookies = [header(httpx2.get(site.url), "set-cookie") for _ in range(2)]
    assert cookies[0] != cookies[1]
    for cookie in cookies:
        assert re.match(rf"{COOKIE}=[0-9a-f]{{32}}; ", cookie)
        assert {"HttpOnly", "SameSite=strict", "Max-Age=31536000", "Path=/"} <= set(
            cookie.split("; ")
        )


@pytest.mark.parametrize("bad", ["", "a" * 31, "A" * 32, "g" * 32, "a" * 33, "../etc/passwd"])
def test_a_session_of_another_shape_is_none(site: Site, bad: str) -> None:
    cookie = {"Cookie": f"{COOKIE}={bad}", "Origin": site.url}
    given_instead = header(httpx2.get(site.url, headers=cookie), "set-cookie")
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", given_instead)
    assert f"={bad};" not in given_instead
    answer = httpx2.post(f"{site.url}/chat/messages", json=GOOD, headers=cookie)
    assert (answer.status_code, answer.json()) == (403, {"error": "session"})


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Referer": "https://www.facebook.com/"}],
    ids=["modern", "old browser"],
)
def test_a_link_from_elsewhere_does_not_throw_the_thread_away(
    site: Site, headers: dict[str, str]
) -> None:
    """The strict cookie is not sent then: a new one would replace it."""
    assert not header(httpx2.get(site.url, headers=headers), "set-cookie")
    first_poll = {"Sec-Fetch-Site": "same-origin", "Referer": f"{site.url}/"}
    answer = httpx2.get(f"{site.url}/chat/messages", headers=first_poll)
    assert answer.json() == {"lines": []}
    assert COOKIE in header(answer, "set-cookie")


def test_a_known_session_keeps_its_id(site: Site) -> None:
    client = site.client()
    before = client.cookies[COOKIE]
    client.get("/")
    assert client.cookies[COOKIE] == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 202),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "SELF"}, 202),
        ({"Origin": "https://chat.example.org"}, 202),
        ({"Origin": "https://chat.example.org:443"}, 202),
        ({"Origin": "http://chat.example.org"}, 403),
        ({"Origin": "https://chat.example.org.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "ftp://127.0.0.1"}, 403),
        ({"Origin": "SELF", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}, 403),
    ],
)
def test_only_our_page_may_write(site: Site, headers: dict[str, str], status: int) -> None:
    client = site.client()
    del client.headers["Origin"]
    real = {name: value.replace("SELF", site.url) for name, value in headers.items()}
    assert post(client, **real).status_code == status
    assert len(site.desk.stored) == (status == 202)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "short"}, "id"),
        ({"id": "x" * 65}, "id"),
        ({"id": "spaces are bad"}, "id"),
        ({"id": "newline-end\n"}, "id"),
        ({"id": "عربية-عربية"}, "id"),
        ({"id": 12345678}, "id"),
        ({"id": None}, "id"),
        ({"text": ""}, "empty"),
        ({"text": " \u0000\n"}, "empty"),
        ({"text": ["x"]}, "text"),
        ({"text": "x" * 4001}, "too-long"),
        ({"text": "x" * 20_000}, "too-long"),
        ({"tap": "t1:0"}, "one-of"),
        ({"text": None, "tap": 3}, "one-of"),
    ],
)
def test_bad_input_gets_a_short_reason(site: Site, change: dict[str, object], reason: str) -> None:
    answer = post(site.client(), GOOD | change)
    assert (answer.status_code, answer.json()) == (400, {"error": reason})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 16_000,
        b'{"id":' + b"9" * 5000 + b"}",
        b'{"id":"12345678","location":[NaN,0]}',
        b'{"id":"12345678","location":[1e999,0]}',
        b'{"id":"12345678","location":[91,0]}',
        b'{"id":"12345678","location":[true,0]}',
        b'{"id":"12345678","location":[' + b"9" * 400 + b",0]}",
        b'{"id":"12345678","location":[1]}',
        b'{"id":"12345678","tap":"t:1000"}',
        b'{"id":"12345678","tap":"a:b:1"}',
        b'{"id":"12345678","tap":":1"}',
    ],
)
def test_bodies_that_cannot_be_read(site: Site, body: bytes) -> None:
    client = site.client(**{"Content-Type": "application/json"})
    assert client.post("/chat/messages", content=body).status_code == 400
    plain = client.post("/chat/messages", content=b"{}", headers={"Content-Type": "text/plain"})
    assert plain.json() == {"error": "content-type"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(max_size=2000),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"id": st.text(string.ascii_letters + "_-", min_size=7, max_size=66)},
        optional={
            name: st.text() | json_values for name in ("text", "tap", "label", "location", "lang")
        },
    ).map(lambda value: json.dumps(value).encode()),
)


@settings(max_examples=300, deadline=None)
@given(body=bodies)
def test_no_body_is_ever_our_fault(lasting_site: Site, body: bytes) -> None:
    """Whatever comes is taken or refused, and what was taken can be stored and read again."""
    headers = {
        "Cookie": f"{COOKIE}={secrets.token_hex(16)}",  # nobody's pace, nobody's thread
        "Content-Type": "application/json",
        "Origin": lasting_site.url,
    }
    answer = lasting_site.plain.post("/chat/messages", content=body, headers=headers)
    assert answer.status_code in (202, 400)
    thread = lasting_site.plain.get("/chat/messages", headers=headers)
    for line in thread.json()["lines"]:
        line["text"].encode()


def test_what_reaches_the_desk(site: Site) -> None:
    client = site.client(**{"Accept-Language": "zgh, ar-MA;q=0.9, fr"})
    post(client, {"id": "client-id-1", "text": "a\r\nb\u0000 \ud83d\ude00 \ud800"})
    post(client, {"id": "client-id-2", "tap": "tok:2", "label": "Oui", "new": 1})
    post(client, {"id": "client-id-3", "location": [34.03, -5], "lang": "fr"})
    text, tap, place = site.desk.stored
    assert text.text == "a\nb 😀"
    assert text.id == f"{text.address}:client-id-1"
    assert (text.channel, text.kind, text.language_hint) == ("web", "text", "ar")
    assert (tap.kind, tap.tap, tap.text) == ("tap", "tok:2", "Oui")
    assert (place.kind, place.location, place.language_hint) == ("location", (34.03, -5.0), "fr")
    assert client.cookies[COOKIE] not in text.address


def test_the_same_id_from_two_people_is_two_messages(site: Site) -> None:
    for client in (site.client(), site.client()):
        assert [post(client).status_code for _ in range(2)] == [202, 202]
    assert len({one.id for one in site.desk.stored}) == 2


def test_a_stranger_sees_nothing(site: Site) -> None:
    mine, other = site.client(), site.client()
    post(mine)
    assert len(mine.get("/chat/messages").json()["lines"]) == 2
    assert other.get("/chat/messages").json() == {"lines": []}
    address = site.desk.stored[0].address
    other.cookies.set(COOKIE, address)  # what a console or an export shows opens nothing
    assert other.get("/chat/messages").json() == {"lines": []}


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", "9" * 19, "٣"])
def test_a_cursor_is_a_number(site: Site, after: str) -> None:
    answer = site.client().get("/chat/messages", params={"after": after})
    assert (answer.status_code, answer.json()) == (400, {"error": "after"})


def test_polling_gives_what_is_new(site: Site) -> None:
    client = site.client()
    post(client)
    lines = client.get("/chat/messages?after=1").json()["lines"]
    assert [line["cursor"] for line in lines] == [2]
    assert lines[0]["options"][1] == "Mes rendez-vous"


def test_a_long_thread_begins_near_its_end(site: Site) -> None:
    client = site.client()
    post(client)
    for number in range(300):
        site.desk.say(site.desk.stored[0].address, f"{number}")
    lines = client.get("/chat/messages").json()["lines"]
    assert (len(lines), lines[-1]["text"]) == (200, "299")


def test_no_database_is_503_and_says_when(site: Site) -> None:
    client = site.client()
    site.desk.down = True
    for answer in (post(client), client.get("/chat/messages")):
        assert (answer.status_code, header(answer, "retry-after")) == (503, "1")
        assert answer.json() == {"error": "later"}
    site.desk.down = False
    assert post(client).status_code == 202


def test_a_flood_is_slowed_and_nobody_else(site: Site) -> None:
    flood, calm = site.client(), site.client()
    answers = [post(flood, {"id": f"client-id-{n}", "text": "x"}) for n in range(14)]
    assert [a.status_code for a in answers[:10]] == [202] * 10
    assert answers[-1].status_code == 429
    assert 1 <= int(header(answers[-1], "retry-after")) <= 3
    assert post(calm).status_code == 202


def test_the_pace_forgets() -> None:
    pace = _Pace(per_second=0.5, burst=2, sessions=3)
    assert [pace.take("a") > 0 for _ in range(3)] == [False, False, True]
    for name in "bcde":
        pace.take(name)
    assert len(pace._full_at) == 3


def events(response: httpx2.Response, count: int) -> list[str]:
    found: list[str] = []
    rest = ""
    for chunk in response.iter_text():
        *whole, rest = (rest + chunk).split("\n\n")
        found += whole
        if len(found) >= count:
            break
    return found


def test_the_stream_goes_on_where_it_stopped(site: Site) -> None:
    client = site.client()
    post(client)
    headers = {"Last-Event-ID": "1"}
    with client.stream("GET", "/chat/stream?after=0", headers=headers) as stream:
        assert header(stream, "content-type").startswith("text/event-stream")
        assert header(stream, "cache-control") == "no-store"
        later = threading.Timer(0.3, site.desk.say, (site.desk.stored[0].address, "two\nlines"))
        later.start()
        ready, old, *more = events(stream, 4)
    later.join()
    assert "event: ready" in ready
    assert old.startswith("id: 2\ndata: {")
    assert any('"two\\nlines"' in event and event.startswith("id: 3\n") for event in more)


def test_the_stream_keeps_alive_and_ends(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.KEEP_ALIVE", 0.1)
    monkeypatch.setattr("bot.channels.web.STREAM_SECONDS", 0.35)
    with site.client().stream("GET", "/chat/stream") as stream:
        found = events(stream, 100)
    assert 2 <= sum(event.startswith(": keep-alive\n") for event in found) <= 5


def test_streams_are_counted_and_given_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.STREAM_SECONDS", 0.5)
    client = site.client()
    cookies = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"}

    def status(_: int) -> int:
        return httpx2.get(f"{site.url}/chat/stream", headers=cookies).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(status, range(6))) == [200] * 4 + [429] * 2
    assert status(0) == 200
    deadline = time.monotonic() + 2  # the last byte may be here before the server's "finally"
    while site.web._streams and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not site.web._streams


def test_a_stream_without_a_session_or_a_database(site: Site) -> None:
    assert httpx2.get(f"{site.url}/chat/stream").status_code == 403
    assert site.client().head("/chat/stream").status_code == 200
    site.desk.down = True
    with site.client().stream("GET", "/chat/stream") as stream:
        assert len(events(stream, 5)) == 1  # "ready", then the end: the page comes back later


async def test_sending_is_nothing_to_do(site: Site) -> None:
    out = Outbound("a" * 32, "hello")
    assert await site.web.send(out)
    line = Line(7, False, "7", "\ud800 <b>\n", ("a",), "t")
    assert json.loads(line.json())["token"] == "t"
    assert b"\n" not in line.json()
    assert issubclass(Forged, Exception)
