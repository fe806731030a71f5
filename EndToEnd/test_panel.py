"""A caller on the line, no mouse: how many keys a booking takes is counted and must not grow."""
import re

from playwright.sync_api import expect

from steps import register, wait_for_page

# Keys of a trained operator (issue 4: under 30 seconds, no mouse). C opens the panel; the last Enter ticks the read-back.
KNOWN_KEYS = 11
NEW_KEYS = 25


class Keyboard:
    """Counts what is pressed; Chinese comes from an input method, so a committed word counts as one key a character."""

    def __init__(self, page):
        self.page = page
        self.pressed = 0

    def press(self, *names):
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text):
        if text.isascii():
            self.page.keyboard.type(text)
        else:
            self.page.keyboard.insert_text(text)
        self.pressed += len(text)


def settled(page, selector):
    """The part that the next key needs is there and has the focus."""
    expect(page.locator(selector).first).to_be_focused()


def test_a_known_caller_is_booked_from_the_keyboard(desk):
    """R3.16, R3.17, R3.20: last four digits, complaint by initials, first offer, read back."""
    desk.sign_in("reception")
    register(desk, "祝枝山", "13900017731")
    page = desk.open("/appointments")
    keys = Keyboard(page)
    keys.press("c")
    settled(page, "#q")
    keys.type("7731")
    keys.press("Enter")
    settled(page, "#complaint")
    expect(page.locator(".booking-page")).to_contain_text("祝枝山")
    keys.type("yt")
    keys.press("Enter")
    settled(page, "button.offer")
    desk.shot("panel-offers")
    desk.check()
    keys.press("Enter")
    wait_for_page(page, "/booked")
    settled(page, "button[autofocus]")
    expect(page.locator(".say")).to_contain_text("祝女士")
    desk.shot("panel-booked")
    desk.check()
    keys.press("Enter")
    wait_for_page(page, r"/appointments\?day=.*pick=")
    expect(page.locator("#board-side")).to_contain_text("已复述")
    assert keys.pressed <= KNOWN_KEYS, f"{keys.pressed} keys"


def test_a_new_caller_is_registered_and_booked_in_one_go(desk):
    """R3.16: name, age and complaint come before any time; registration and booking are one step."""
    desk.sign_in("reception")
    page = desk.open("/appointments")
    keys = Keyboard(page)
    keys.press("c")
    settled(page, "#q")
    keys.type("文徵明")
    keys.press("Enter")
    settled(page, "#age")
    keys.type("34")
    keys.press("Tab")
    keys.type("13900017732")
    desk.shot("panel-new")
    # Enter names what is still to be asked and goes there.
    keys.press("Enter")
    expect(page.locator("#e-complaint")).to_contain_text("请填写主诉")
    settled(page, "#complaint")
    expect(page.locator("button.offer")).to_have_count(0)
    keys.type("xy")
    keys.press("Enter")
    settled(page, "button.offer")
    keys.press("2")
    wait_for_page(page, "/booked")
    keys.press("Enter")
    wait_for_page(page, r"/appointments\?day=.*pick=")
    expect(page.locator("#board-side")).to_contain_text("文徵明")
    assert keys.pressed <= NEW_KEYS, f"{keys.pressed} keys"


def test_confirmations_go_by_one_key_each(desk):
    """R3.25: the list opens on the next customer; 1 confirms and goes on, ↓ looks at the next, 3 asks for reason and date."""
    desk.sign_in("caller")
    page = desk.open("/appointments/confirmations")
    expect(page.locator(".callee").first).to_be_visible()
    done = int(re.search(r"已定 (\d+)", page.locator(".panel-head").first.inner_text()).group(1))
    desk.shot("confirmations")
    desk.check()
    current = page.locator(".callee[aria-current]")
    first = current.inner_text()
    page.keyboard.press("1")
    expect(page.locator(".panel-head").first).to_contain_text(f"已定 {done + 1}")
    expect(current).not_to_have_text(first)
    page.keyboard.press("3")
    settled(page, "#cancel-reason")
    expect(page.locator("#callbackOn")).not_to_have_value("")
    desk.check()
