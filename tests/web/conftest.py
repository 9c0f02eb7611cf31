"""The server and the browser that the tests of the web chat share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright
from playwright.async_api import Error as PlaywrightError
from web_site import Site, serve

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def browser_path() -> str | None:
    """The system's Chromium; without one, Playwright's installer is asked for its own."""
    found = shutil.which("chromium")
    if found is None:
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(install, check=False, capture_output=True, timeout=600)
    return found


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve()


@pytest.fixture(scope="module")
def lasting_site() -> Iterator[Site]:
    """One for many examples: hypothesis wants no fixture that is made once a test."""
    yield from serve()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        try:
            found = await playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        except PlaywrightError:
            if os.environ.get("CI"):
                pytest.fail("no Chromium: CI must run the browser tests")
            pytest.skip("no Chromium: apt install chromium, or playwright install chromium")
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, site: Site) -> AsyncIterator[BrowserContext]:
    """A small French phone; whatever its page throws or its policy blocks fails the test."""
    context = await browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 640}, locale="fr-FR", has_touch=True
    )
    context.set_default_timeout(8000)
    wrong: list[str] = []
    context.on("weberror", lambda event: wrong.append(str(event.error)))
    context.on(
        "console",
        lambda said: wrong.append(said.text) if "Security Policy" in said.text else None,
    )
    yield context
    await context.close()
    assert wrong == []
