"""A running server and a real Chromium, for tests that go through the front end as a person would."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A front end with a scenario folder of its own."""

    base: str
    scenario: Path

    def address(self, page: str = "", **more: str) -> str:
        """A page's address for the Shanghai week."""
        asked = {"lang": "zh", "scenario": str(self.scenario), "start": "2025-04-21", "days": "7"} | more
        return f"{self.base}/{page}?{urlencode(asked)}"


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server on a free port, with a copy of the sample in `folder`."""
    scenario = folder / "shanghai-2025"
    shutil.copytree(ROOT / "sample_data" / "shanghai-2025", scenario)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
    options = [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    log = folder / "server.log"
    with log.open("w") as out, subprocess.Popen(command + options, cwd=ROOT, stdout=out, stderr=out) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, log)
            yield Server(f"http://127.0.0.1:{port}", scenario)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("scenarios")) as started:
        yield started


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 180
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator["sync_api.Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (apt-get install chromium): no browser tests")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser, server) -> Iterator["sync_api.Page"]:
    """A tab of its own. After the test no request may have been meant for another host, no script have failed."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="America/New_York", viewport={"width": 1500, "height": 1100}
    )
    asked: set[str] = set()
    failed: list[str] = []
    tab = context.new_page()
    tab.set_default_timeout(180_000)
    tab.on("request", lambda request: asked.add(urlsplit(request.url).hostname or "127.0.0.1"))
    tab.on("pageerror", lambda error: failed.append(str(error)))
    yield tab
    context.close()
    assert asked == {"127.0.0.1"}
    assert not failed
