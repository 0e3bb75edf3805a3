"""How long a person waits for the front end: `python -m benchmarks.front_end [PICTURES]`.

Protocol: a server is started anew, a headless Chromium opens its first page, plans May 2025 of the Shanghai sample
(42 people, 31 days, 30 s of solving) by mouse, and goes once through all pages by the sidebar. A page is there when
its heading is and Streamlit's sign of work is gone; the grid when its last row is painted. An edit is timed by the page
itself, from the click to the frame after the grid has its number back from the server: the driver's own looking takes
most of a second. Nothing else running; the load of the machine is told first and last. With PICTURES
every page is photographed into that folder, in Chinese at 1280 px and in English at 1920 px.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, Server, running
from tests.e2e.roster_page import acknowledged, go_to, see_grid

MONTH = {"start": "2025-05-01", "days": "31"}
SETTLED_MS = 300_000
CLICKS = """async () => {
  const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean);
  const cells = roots.flatMap((root) => [...root.querySelectorAll("td.cell:has(.chip.work)")]).slice(0, 40);
  for (const cell of cells) {
    cell.dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }));
    await new Promise((go) => setTimeout(go, 25));
  }
}"""

STOPWATCH = """() => {
  const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean);
  const grid = roots.map((root) => root.querySelector("[data-testid=roster-grid]")).find(Boolean);
  const taken = (window.editsTaken = []);
  let begun = null;
  grid.addEventListener("click", () => (begun = performance.now()), true);
  const painted = (act) => requestAnimationFrame(() => requestAnimationFrame(act));
  new MutationObserver(() => {
    if (begun === null || grid.dataset.pending !== "0") return;
    const since = begun;
    begun = null;
    painted(() => taken.push(performance.now() - since));
  }).observe(grid, { attributes: true, attributeFilter: ["data-ack", "data-pending"] });
}"""


SETTLED = """(after) => {
  const heading = document.querySelector("[data-testid=stMain] [data-testid=stHeading]");
  const text = heading && heading.innerText.trim();
  return text && text !== after && !document.querySelector('[data-test-script-state="running"]');
}"""


def settled(page: Page, *, after: str = "") -> None:
    """Waits until the heading is another one than `after` and the server has nothing more to draw."""
    page.wait_for_function(SETTLED, arg=after.strip(), timeout=SETTLED_MS)


def timed(name: str, act: Callable[[], object]) -> None:
    """Prints how long something takes."""
    begun = time.perf_counter()
    act()
    print(f"{name:40} {time.perf_counter() - begun:6.2f}", flush=True)


def plan_month(page: Page, server: Server) -> None:
    """Plans the month by mouse."""
    page.goto(server.address("plan", **MONTH))
    page.get_by_role("button", name="开始求解").click()
    page.get_by_text(re.compile("完成：|已停止")).first.wait_for(timeout=SETTLED_MS)


def walk(page: Page, label: str, pictures: Path | None) -> None:
    """Goes through all pages of the sidebar, the page shown last."""
    links = page.get_by_test_id("stSidebar").get_by_role("link")
    names = [text.split("\n")[-1] for text in links.all_inner_texts()]
    heading = page.get_by_test_id("stMain").get_by_test_id("stHeading").first
    for at, name in enumerate(names):
        if page.url.partition("?")[0] == str(links.nth(at).get_attribute("href")).partition("?")[0]:
            go_to(page, names[at - 1])
            settled(page, after=heading.inner_text())
        before = heading.inner_text()

        def see(name: str = name, before: str = before) -> None:
            go_to(page, name)
            settled(page, after=before)

        timed(f"page {label} {name}", see)
        if pictures:
            page.wait_for_timeout(1500)
            page.screenshot(path=pictures / f"{label}-{at}.png")


def edits(page: Page) -> None:
    """The grid, single edits that give another duty, a lock, forty quick edits."""
    go_to(page, "核对")
    settled(page)
    timed("grid, from the click on its page", lambda: (go_to(page, "班表"), see_grid(page)))
    settled(page)
    work = page.locator("td.cell:has(.chip.work)")

    page.evaluate(STOPWATCH)

    def one(name: str, key: Literal["Control", "Shift"], cell: int) -> None:
        earlier = page.evaluate("editsTaken.length")
        work.nth(cell).click(modifiers=[key])
        page.wait_for_function(f"editsTaken.length > {earlier}", timeout=SETTLED_MS)
        print(f"{name:40} {page.evaluate('editsTaken.at(-1)') / 1000:6.2f}", flush=True)
        page.wait_for_timeout(1000)

    for cell in (50, 150, 250):
        one("an edit, until acknowledged", "Control", cell)
    one("a lock, until acknowledged", "Shift", 350)

    def forty() -> None:
        page.evaluate(CLICKS)
        acknowledged(page)

    timed("40 clicks in 1 s, until acknowledged", forty)
    print(f"{'of them arrived':40} {acknowledged(page) - 4:6d}")


def tell_load() -> None:
    """Prints how many processes wanted a processor in the last minute."""
    print(f"{'load of the machine':40} {os.getloadavg()[0]:6.2f}", flush=True)


def main(pictures: Path | None = None) -> None:
    """Prints the table."""
    tell_load()
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        timed("first page of a new server", lambda: (page.goto(server.base), settled(page)))
        page.close()
        page = context.new_page()
        timed("first page in a tab opened again", lambda: (page.goto(server.base), settled(page)))
        plan_month(page, server)
        walk(page, "zh", pictures)
        edits(page)
        address = page.url.replace("lang=zh", "lang=en")
        wide = browser.new_page(locale="en-US", viewport={"width": 1920, "height": 1080})
        wide.goto(address)
        settled(wide)
        walk(wide, "en", pictures)
        browser.close()
    tell_load()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
