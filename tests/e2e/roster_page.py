"""What a person does on the roster page, in its own words."""

import re

from playwright.sync_api import Locator, Page, expect

GRID = "[data-testid=roster-grid]"


def go_to(page: Page, name: str) -> None:
    """Follows a link of the sidebar."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()


def see_grid(page: Page) -> None:
    """Waits for the grid with its duties."""
    expect(page.locator("td.cell .chip").first).to_be_visible(timeout=180_000)


def cell(page: Page, staff_id: str, day: int) -> Locator:
    """The cell of a person on the n-th day."""
    return page.locator(f'td.cell[data-who="{staff_id}"][data-k="{day}"]')


def choose(page: Page, where: Locator, label: str) -> None:
    """Opens a cell's menu and takes the entry that begins with a text."""
    where.click()
    page.locator(".menu button").filter(has_text=re.compile(rf"^{label}")).first.click()


def acknowledged(page: Page) -> int:
    """Waits until no edit is open and says the number of the latest."""
    expect(page.locator(GRID)).to_have_attribute("data-pending", "0", timeout=180_000)
    return int(page.locator(GRID).get_attribute("data-ack") or 0)


def see_figure(page: Page, name: str, value: int) -> None:
    """Waits until a figure above the grid has a value."""
    expect(_metric(page, name)).to_have_text(str(value), timeout=180_000)


def see_another_figure(page: Page, name: str, value: int) -> None:
    """Waits until a figure above the grid no longer has a value."""
    expect(_metric(page, name)).not_to_have_text(str(value), timeout=180_000)


def figure(page: Page, name: str) -> int:
    """A figure above the grid."""
    return int(_metric(page, name).inner_text())


def _metric(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text=name).get_by_test_id("stMetricValue")


def codes(where: Locator) -> str:
    """What a cell shows."""
    return where.inner_text().strip()
