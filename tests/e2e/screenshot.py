"""The picture in the README: `python -m tests.e2e.screenshot docs/roster-page.png` plans the week and takes it."""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, Server, running
from tests.e2e.roster_page import go_to, see_grid

SIZE = {"width": 1440, "height": 1000}


def picture(page: Page, server: Server, out: Path) -> None:
    """Plans the April week by mouse and photographs the roster page."""
    page.goto(server.address("plan"))
    page.get_by_role("button", name="开始求解").click()
    page.get_by_text(re.compile("完成：|已停止")).first.wait_for(timeout=120_000)
    go_to(page, "班表")
    see_grid(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=out)


def main(out: Path) -> None:
    """Starts a server and a browser for one picture."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=SIZE)
        picture(page, server, out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
