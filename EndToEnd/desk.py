"""A person at a browser: one context, one page, and the words journeys are written in."""
import contextlib
import pathlib

from playwright.sync_api import Error

from checks import axe_faults

SHOTS = pathlib.Path(__file__).resolve().parent / "shots"

# A form sent back with its faults, or a lost race, is an answer and no accident; Chromium prints both as errors.
ANSWERS = ("status of 409", "status of 422")
# Behaviours are fetched when a page names them; a key pressed before that would be lost on a slow machine.
READY = r"""() => [...document.querySelectorAll('[data-behavior], [data-live]')]
  .flatMap((element) => (element.dataset.behavior ?? 'live').split(/\s+/))
  .every((name) => performance.getEntriesByType('resource').some((file) => file.name.endsWith(`/behaviors/${name}.js`)))"""
VIEWPORTS = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
# One demo account of each role; all share the password and the PIN.
PEOPLE = {"admin": "yuanzhang", "doctor": "chensimin", "guide": "daozhen", "reception": "qiantai", "cashier": "shouyin",
          "caller": "huifang", "attendant": "houzhen", "nurse": "hushi", "consultant": "zixun", "supervisor": "zhuguan",
          "headNurse": "hushizhang", "director": "zhuren"}
DEMO_PASSWORD = "menya2026"
DEMO_PIN = "2580"


def sign_in(page, name, password=DEMO_PASSWORD):
    """Signs a demo account in, by role (`"cashier"`) or login name, and waits for its first page."""
    page.goto("/sign-in")
    page.get_by_label("登录名或姓名").fill(PEOPLE.get(name, name))
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


class Desk:
    """`faults` collects what the browser complained about: errors of scripts, refused content, answers of 500 and more."""

    def __init__(self, context, checker):
        self.context = context
        self.checker = checker
        self.faults = []
        self.expected = []
        self.page = context.new_page()
        context.on("page", self.watch)
        self.watch(self.page)

    def watch(self, page):
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self.heard)
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(f"{answer.status} {answer.url}"))

    def heard(self, message):
        if message.type == "error" and not any(answer in message.text for answer in ANSWERS):
            self.faults.append(f"console: {message.text}")

    def sign_in(self, name, password=DEMO_PASSWORD):
        sign_in(self.page, name, password)
        return self

    def open(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.page.wait_for_function(READY)
        return self.page

    def shot(self, name):
        """A picture of the page for people to look at; nothing reads it, so a browser too busy to take one fails nothing."""
        SHOTS.mkdir(exist_ok=True)
        with contextlib.suppress(Error):
            self.page.screenshot(path=SHOTS / f"{name}.png")

    def expect_fault(self, text):
        """The journey provokes a complaint that contains `text`, for example of a server that was stopped."""
        self.expected.append(text)

    def unexpected_faults(self):
        return [fault for fault in self.faults if not any(text in fault for text in self.expected)]

    def problems(self):
        """What is wrong with the page as it is now (serious barriers, axe) and as the server sent it (invalid HTML)."""
        sent = self.context.request.get(self.page.url)
        return axe_faults(self.page) + self.checker.faults(sent.text())

    def check(self):
        found = self.problems()
        assert found == [], f"{self.page.url}\n" + "\n".join(found)
