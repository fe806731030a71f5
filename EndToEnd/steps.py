"""The steps journeys are made of, in the words of the pages."""
import datetime
import re

from server import DEMO_NOW

TODAY = datetime.datetime.fromisoformat(DEMO_NOW).date()


def day_after(days):
    return (TODAY + datetime.timedelta(days=days)).isoformat()


def wait_for_page(page, pattern):
    page.wait_for_url(re.compile(pattern))
    return page


def register(desk, name, phone, complaint="牙痛", age="30", gender="女"):
    """Fills the registration form and sends it; returns the address of the customer's page."""
    page = desk.open("/patients/new")
    page.get_by_label("姓名", exact=True).fill(name)
    page.locator("fieldset", has_text="性别").get_by_text(gender, exact=True).click()
    page.get_by_label("年龄", exact=True).fill(age)
    page.get_by_label("电话", exact=True).fill(phone)
    page.get_by_label("症状或来意").fill(complaint)
    page.get_by_role("button", name="登记并打开档案").click()
    wait_for_page(page, r"/patients/[0-9A-Z]{13}$")
    return page.url


def free_cell(page, doctor, clock):
    """A free quarter of an hour on the board."""
    return page.get_by_role("link", name=f"{doctor} {clock} 空")


def column(page, doctor):
    return page.locator(".col", has=page.locator(f"xpath=self::*[@aria-label='{doctor}']"))


def card(page, name):
    """The card of a customer on the board."""
    return page.locator("a.appt", has_text=name)


def choose_customer(page, typed, name):
    """Types into the customer search of the booking page and takes the hit."""
    page.locator("#q").press_sequentially(typed)
    page.locator("#people a.hit", has_text=name).first.click()
    page.locator("#complaint").wait_for()


def book(desk, day, doctor, clock, typed, name, complaint="检查", units=""):
    """Books a customer from a free cell with the mouse; returns on the board with the new card chosen."""
    page = desk.open(f"/appointments?day={day}")
    free_cell(page, doctor, clock).click()
    choose_customer(page, typed, name)
    page.get_by_label("主诉").fill(complaint)
    if units:
        page.get_by_label("时长").select_option(units)
    page.get_by_role("button", name="预约 Enter").click()
    wait_for_page(page, r"/appointments\?day=.*pick=")
    return page


def toast(page, text):
    """The short message after an action."""
    found = page.locator(".toast", has_text=text)
    found.wait_for()
    return found
