"""A person at a browser: one context, one page, and the words journeys are written in."""
from checks import axe_faults

VIEWPORTS = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
DEMO_PASSWORD = "menya-demo-2026"


def sign_in(page, name, password=DEMO_PASSWORD):
    """Signs the demo account `name` in and waits for its first page."""
    page.goto("/sign-in")
    page.get_by_label("账号").fill(name)
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
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(f"{answer.status} {answer.url}"))

    def sign_in(self, name, password=DEMO_PASSWORD):
        sign_in(self.page, name, password)
        return self

    def open(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        return self.page

    def expect_fault(self, text):
        """The journey provokes a complaint that contains `text`, for example the 409 of a lost race."""
        self.expected.append(text)

    def unexpected_faults(self):
        return [fault for fault in self.faults if not any(text in fault for text in self.expected)]

    def check(self):
        """The page as it is now: no serious barrier (axe), and as the server sent it: valid HTML."""
        url = self.page.url
        sent = self.context.request.get(url)
        assert axe_faults(self.page) == [], url
        assert self.checker.faults(sent.text()) == [], url
