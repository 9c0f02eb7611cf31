"""The page in a real Chromium, used as people use it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect
from web_site import MENU, Site

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = [
    "<script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    '"><svg/onload=window.hurt=1>',
    "javascript:window.hurt=1 https://x.example/\"onmouseover='window.hurt=1'",
    "\u202eevil\u202c {{7*7}} ${window.hurt=1} &lt;b&gt;",
]
CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const lum = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } };
  return [...document.querySelectorAll('h1, header p, .text, .text a, .options button, label, textarea, #net, .state')]
    .filter((e) => e.getClientRects().length && e.className !== 'sr').map((e) => {
      const pair = [lum(parse(getComputedStyle(e).color)), lum(behind(e))].sort((a, b) => b - a);
      return [e.tagName + '.' + e.className, (pair[0] + .05) / (pair[1] + .05)]; });
}"""


async def opened(phone: BrowserContext, path: str = "/") -> Page:
    page = await phone.new_page()
    await page.goto(path)
    await expect(page.locator("#log")).not_to_have_attribute("aria-busy", "true")
    return page


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def soon(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(8):
        while not true():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("button", "greeting", "hint"),
    [("Commencer", "Bonjour", "fr"), ("ابدأ", "السلام عليكم", "ar"), ("Start", "Hello", "en")],
)
async def test_start(
    phone: BrowserContext, site: Site, button: str, greeting: str, hint: str
) -> None:
    page = await opened(phone)
    await page.get_by_role("button", name=button).click()
    await expect(page.locator(".line:not(.mine)")).to_have_count(1)
    await expect(page.locator("#start")).to_be_hidden()
    assert [(one.text, one.language_hint) for one in site.desk.stored] == [(greeting, hint)]


async def test_start_with_a_campaign_code(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone, "/?s=FES-25&lang=ar")
    assert await page.evaluate("document.documentElement.dir") == "rtl"
    await page.get_by_role("button", name="ابدأ").click()
    await expect(page.locator(".line")).to_have_count(2)
    assert site.desk.texts() == ["/start FES-25"]
    assert site.desk.stored[0].language_hint == "ar"
    assert page.url == f"{site.url}/"


async def test_a_code_on_an_old_thread_is_one_button(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await write(page, "salut")
    await expect(page.locator(".line")).to_have_count(2)
    await page.goto("/?s=FES25")
    await page.locator("#languages button:visible").click()
    await soon(lambda: site.desk.texts() == ["salut", "/start FES25"])
    await expect(page.locator("#start")).to_be_hidden()


async def test_typing_and_tapping(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await page.get_by_role("textbox").fill("un")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("deux")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line")).to_have_count(2)
    await expect(page.get_by_role("textbox")).to_have_value("")
    first = page.get_by_role("group").nth(0)
    await first.get_by_role("button", name=MENU[1]).tap()
    await expect(page.locator(".line")).to_have_count(4)
    for button in await first.get_by_role("button").all():
        await expect(button).to_be_disabled()
    text, tap = site.desk.stored
    assert (text.text, tap.text, tap.tap) == ("un\ndeux", MENU[1], "t2:1")
    await expect(page.locator("#typing")).to_be_hidden()


async def test_an_old_button_can_still_be_tapped(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await write(page, "un")
    await expect(page.locator(".line")).to_have_count(2)
    await write(page, "deux")
    await expect(page.locator(".line")).to_have_count(4)
    await page.get_by_role("group").nth(0).get_by_role("button", name=MENU[0]).tap()
    await soon(lambda: len(site.desk.stored) == 3)
    assert site.desk.stored[2].tap == "t2:0"


async def test_the_thread_comes_back_after_a_reload(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await write(page, "salut")
    await expect(page.locator(".line")).to_have_count(2)
    before = await page.locator(".text").all_inner_texts()
    await page.reload()
    await expect(page.locator(".line")).to_have_count(2)
    assert await page.locator(".text").all_inner_texts() == before
    site.desk.say(site.desk.stored[0].address, "et encore")
    await expect(page.locator(".text").last).to_have_text("et encore")


async def test_arabic_turns_the_page(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fr",
        "ltr",
    ]
    await write(page, "سلام Amina")
    await expect(page.locator(".line")).to_have_count(2)
    assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    await expect(page.get_by_role("textbox")).to_have_attribute("placeholder", "رسالتك")
    bubble = page.locator(".line:not(.mine) .text")
    assert await bubble.get_attribute("dir") == "auto"
    assert await bubble.get_attribute("lang") == "ar"
    box, log = await bubble.bounding_box(), await page.locator("#log").bounding_box()
    assert box
    assert log
    assert box["x"] + box["width"] == pytest.approx(log["x"] + log["width"], abs=1)


async def test_written_offline_survives_a_reload_and_is_sent_once(
    phone: BrowserContext, site: Site
) -> None:
    page = await opened(phone)
    await phone.set_offline(True)
    for word in ("un", "deux", "trois"):
        await write(page, word)
    await expect(page.locator(".waiting")).to_have_count(3)
    await expect(page.locator(".waiting").first).to_contain_text("en attente du réseau")
    await expect(page.get_by_role("status")).to_be_visible()

    site.desk.down = True  # the page can be loaded again, but nothing can be stored yet
    await phone.set_offline(False)
    await page.reload()
    await expect(page.locator(".waiting")).to_have_count(3)
    await soon(lambda: len(site.desk.tries) >= 2)
    assert site.desk.stored == []

    site.desk.down = False
    await expect(page.locator(".line")).to_have_count(6, timeout=15_000)
    await expect(page.locator(".waiting")).to_have_count(0)
    assert site.desk.texts() == ["un", "deux", "trois"]
    assert await page.evaluate("Object.keys(localStorage).length") == 0


async def test_a_lost_answer_does_not_send_twice(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            await route.continue_()
            return
        lost.append(route.request.url)
        await route.fetch()  # the server has it, the phone never hears so
        await route.abort()

    await page.route("**/chat/messages", lose)
    await write(page, "une fois")
    await expect(page.locator(".line")).to_have_count(2)
    await asyncio.sleep(2)
    assert site.desk.texts() == ["une fois"]
    await expect(page.locator(".mine")).to_have_count(1)
    await expect(page.locator(".waiting")).to_have_count(0)


async def test_two_tabs_do_not_send_twice(phone: BrowserContext, site: Site) -> None:
    one, two = await opened(phone), await opened(phone)
    await phone.set_offline(True)
    await write(one, "du premier")
    await write(two, "du second")
    await phone.set_offline(False)
    for page in (one, two):
        await expect(page.locator(".mine")).to_have_count(2)
        await expect(page.locator(".waiting")).to_have_count(0)
    await soon(lambda: len(site.desk.stored) == 2)
    await asyncio.sleep(1)
    # On a slow machine a try may be repeated under the same id, which is stored once.
    assert len(site.desk.stored) == 2
    assert len(set(site.desk.tries)) == 2


@pytest.mark.parametrize("broken", ["refused", "missing", "swallowed"])
async def test_without_events_the_page_polls(
    phone: BrowserContext, site: Site, broken: str
) -> None:
    if broken == "missing":
        await phone.add_init_script("delete window.EventSource")
    elif broken == "refused":
        await phone.route("**/chat/stream*", lambda route: route.abort())
    else:  # a proxy that answers and then says nothing
        body = {"status": 200, "content_type": "text/event-stream", "body": ""}
        await phone.route("**/chat/stream*", lambda route: route.fulfill(**body))
    page = await opened(phone)
    await write(page, "salut")
    await expect(page.locator(".line")).to_have_count(2)
    await asyncio.sleep(3)
    site.desk.say(site.desk.stored[0].address, "plus tard")
    await expect(page.locator(".text").last).to_have_text("plus tard")


async def test_hostile_text_is_only_text(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await write(page, EVIL[0])
    await expect(page.locator(".line")).to_have_count(2)
    address = site.desk.stored[0].address
    for evil in EVIL:
        site.desk.say(address, evil, (evil[:80],), evil)
    await expect(page.locator(".line")).to_have_count(2 + len(EVIL))
    assert await page.locator(".text").all_text_contents() == [EVIL[0], f"echo: {EVIL[0]}", *EVIL]
    assert await page.locator("#log :is(script, img, svg)").count() == 0
    assert await page.locator("#log [onerror], #log [onmouseover]").count() == 0
    assert await page.evaluate("window.hurt") is None


async def test_links(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await write(page, "lien")
    await expect(page.locator(".line")).to_have_count(2)
    text = "Voir \u2068https://mem.example.org/a?b=1\u2069, (http://x.ma/é). javascript:alert(1) https://"
    site.desk.say(site.desk.stored[0].address, text)
    links = page.locator(".line").last.get_by_role("link")
    await expect(links).to_have_count(2)
    assert await links.all_inner_texts() == ["https://mem.example.org/a?b=1", "http://x.ma/é"]
    assert await links.first.get_attribute("rel") == "noopener noreferrer"
    assert await page.locator(".text").last.text_content() == text


async def test_small_screen(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await page.set_viewport_size({"width": 320, "height": 568})
    for button in await page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] + box["height"] <= 568
    await write(page, "x" * 300)
    await expect(page.locator(".line")).to_have_count(2)
    options = (
        "Une option dont le libellé est vraiment très long, jusqu'au bout des 80 signes",
        "y" * 80,
    )
    site.desk.say(site.desk.stored[0].address, "https://x.ma/" + "z" * 200, options, "ar")
    await expect(page.locator(".line")).to_have_count(3)
    wide = "[...document.querySelectorAll('*')].filter((e) => e.scrollWidth > innerWidth).length"
    assert await page.evaluate(wide) == 0
    assert await page.evaluate("document.querySelector('main').scrollWidth <= innerWidth")
    for button in await page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert box["height"] >= 44


async def test_keyboard_only(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "CommencerFrançais"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert await page.evaluate(outline) == "solid"
    await page.keyboard.press("Enter")
    await expect(page.locator(".line")).to_have_count(2)
    await page.get_by_role("textbox").focus()
    await page.keyboard.press("Shift+Tab")
    assert await page.evaluate("document.activeElement.textContent") == MENU[-1]
    assert await page.evaluate(outline) == "solid"
    await page.keyboard.press("Space")
    await expect(page.locator(".line")).to_have_count(4)
    await page.keyboard.press("Tab")  # goes on from where the used button was
    assert await page.evaluate("document.activeElement.textContent") == MENU[0]
    assert site.desk.texts() == ["Bonjour", MENU[-1]]


async def test_what_a_screen_reader_is_told(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    log = page.get_by_role("log", name="Conversation")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("textbox", name="Votre message")).to_be_visible()
    await expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    await write(page, "salut")
    await expect(page.get_by_role("group", name="Choix")).to_be_visible()
    assert "Vous : salut" in re.sub(r"\s+", " ", await log.text_content() or "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast(browser: Browser, site: Site, scheme: str) -> None:
    context = await browser.new_context(
        base_url=site.url, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = await opened(context)
    await write(page, "https://x.ma")
    await expect(page.locator(".line")).to_have_count(2)
    await page.get_by_role("group").get_by_role("button").first.click()
    await expect(page.locator(".line")).to_have_count(4)
    await context.set_offline(True)
    await write(page, "plus tard")
    await expect(page.locator(".waiting")).to_have_count(1)
    found = await page.evaluate(CONTRAST)
    await context.close()
    assert len(found) >= 12
    assert [one for one in found if one[1] < 4.5] == []


async def test_motion_can_be_unwanted(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await page.emulate_media(reduced_motion="reduce")
    site.desk.silent = True
    await write(page, "salut")
    await expect(page.locator("#typing")).to_be_visible()
    name = "getComputedStyle(document.querySelector('#typing i')).animationName"
    assert await page.evaluate(name) == "none"


async def test_without_cookies_the_page_says_so(phone: BrowserContext, site: Site) -> None:
    page = await opened(phone)
    await phone.clear_cookies()
    await write(page, "salut")  # a lost session: the page gets itself another one
    await soon(lambda: site.desk.texts() == ["salut"])
    await phone.route(
        "**/chat/messages",
        lambda route: (
            route.fulfill(status=403, json={"error": "session"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    await write(page, "encore")
    await expect(page.get_by_role("status")).to_contain_text("cookies")


async def test_without_javascript_the_page_names_other_ways(browser: Browser, site: Site) -> None:
    context = await browser.new_context(base_url=site.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    for line in await page.locator("noscript p").all():
        await expect(line).to_be_visible()
        assert "WhatsApp" in (await line.text_content() or "")
    await expect(page.get_by_role("textbox")).to_be_hidden()
    await context.close()
