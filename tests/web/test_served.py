"""`mem serve` as a newcomer starts it, and a conversation in a real browser against its page."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def serving(folder: Path, port: int = 0) -> AsyncIterator[str]:
    """The real command on a database of its own; yields the address that it prints."""
    environment = {
        **os.environ,
        "MEM_DATABASE__URL": f"sqlite:///{folder / 'mem.db'}",
        "PYTHONUNBUFFERED": "1",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", str(port),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        cwd=folder, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = None
        while address is None:
            line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
            found = re.search(r"http://\S+", line)
            address = found.group() if found else None
        yield address
    finally:
        process.terminate()
        await process.wait()


async def say(page: Page, text: str, answer: str) -> None:
    """Type as a person does and wait for what the bot answers."""
    await page.get_by_role("textbox").fill(text)
    await page.get_by_role("textbox").press("Enter")
    await expect(page.locator("#log")).to_contain_text(answer, timeout=10_000)


async def test_an_entrepreneur_joins_on_the_page(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path) as address:
        context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        page = await context.new_page()
        await page.goto(address)
        await page.get_by_role("button", name="Commencer").click()
        agree = page.get_by_role("button", name="J'accepte")
        await agree.click()
        await expect(page.locator("#log")).to_contain_text("Comment vous appelez-vous")
        await say(
            page, "je suis Amina, 31 ans, de Fès, je vends des tapis", "Où en est votre projet"
        )
        await page.get_by_role("button", name="Une idée").click()
        await expect(page.locator("#log")).to_contain_text("Sur quoi voulez-vous de l'aide")
        await page.screenshot(path=tmp_path / "chat.png")
        port = int(address.rsplit(":", 1)[1])
    # The server is gone; what is typed meanwhile waits, and goes once it is back.
    await page.get_by_role("textbox").fill("1 3")
    await page.get_by_role("textbox").press("Enter")
    async with serving(tmp_path, port):
        await expect(page.locator("#log")).to_contain_text("De 1 (je débute) à 5", timeout=40_000)
        await page.reload()
        await expect(page.locator("#log")).to_contain_text("De 1 (je débute) à 5")
        assert await page.get_by_text("1 3", exact=True).count() == 1
        await context.close()


async def test_arabic_reads_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path) as address:
        context = await browser.new_context(viewport={"width": 320, "height": 568}, locale="ar-MA")
        page = await context.new_page()
        await page.goto(address)
        await page.get_by_role("button", name="ابدأ").click()
        await page.get_by_role("button", name="أوافق").click()
        await say(page, "خديجة El Amrani", "كيف تفضلون")
        assert await page.evaluate("document.documentElement.dir") == "rtl"
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
        await context.close()
