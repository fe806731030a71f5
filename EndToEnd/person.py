"""A person at a browser without a browser: sign-in, forms and pages over plain HTTP, for tests of faults and races."""
import html.parser
import http.client
import re
import urllib.parse

from desk import DEMO_PASSWORD


class Person:
    """One session on one kept connection. Not for several threads at once."""

    def __init__(self, url, timeout=10):
        self.host = urllib.parse.urlsplit(url).netloc
        self.timeout = timeout
        self.cookies = {}
        self.connection = None
        self.csrf = ""

    def request(self, method, path, form=None):
        """(status, text, headers). Raises OSError or HTTPException when there is no complete answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, timeout=self.timeout)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept": "text/html"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode({**form, "csrf": self.csrf})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text, answer

    def get(self, path):
        status, text, _ = self.request("GET", path)
        found = re.search(r'name="csrf" value="([^"]+)"', text)
        if found:
            self.csrf = found.group(1)
        return status, text

    def post(self, path, form):
        status, text, _ = self.request("POST", path, form)
        return status, text

    def sign_in(self, name, password=DEMO_PASSWORD):
        self.get("/sign-in")
        status, text = self.post("/sign-in", {"name": name, "password": password, "next": "/"})
        assert status == 303, f"sign-in of {name} answered {status}: {text[:300]}"
        self.get("/account")
        return self

    def twin(self):
        """The same session on a connection of its own, for another thread."""
        other = Person(f"http://{self.host}", self.timeout)
        other.cookies, other.csrf = dict(self.cookies), self.csrf
        return other


class Forms(html.parser.HTMLParser):
    """The forms of a page as a browser would send them untouched: `found[action]` is a dictionary of fields."""

    def __init__(self, text):
        super().__init__()
        self.found = {}
        self.by_id = {}
        self.form = self.choice = self.area = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        name = of.get("name")
        form = self.by_id.get(of["form"]) if "form" in of else self.form
        if tag == "form":
            self.form = self.found.setdefault(of.get("action", ""), {})
            if "id" in of:
                self.by_id[of["id"]] = self.form
        elif form is None or name in (None, "csrf") and tag != "option":
            return
        elif tag == "select":
            self.choice = (form, name)
        elif tag == "option" and self.choice:
            into, field = self.choice
            if "selected" in of or field not in into:
                into[field] = of.get("value", "")
        elif tag == "textarea":
            self.area = (form, name)
            form[name] = ""
        elif tag == "input" and (of.get("type") not in ("checkbox", "radio") or "checked" in of):
            form[name] = of.get("value", "")

    def handle_data(self, data):
        if self.area:
            form, name = self.area
            form[name] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.choice = None
        elif tag == "textarea":
            self.area = None


def form_in(text, ending):
    """(action, fields) of the one form whose address ends so."""
    found = [(action, fields) for action, fields in Forms(text).found.items() if action.split("?")[0].endswith(ending)]
    assert len(found) == 1, f"{len(found)} forms end with {ending}"
    return found[0]


def id_text(number):
    """An id of the database as addresses show it: 13 characters of Crockford base32."""
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(60, -1, -5))
