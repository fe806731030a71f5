"""A demo person over plain HTTP: sign-in, forms and pages, on connections that are kept."""
import asyncio
import re
import urllib.parse

DEMO_PASSWORD = "menya2026"
# A board of twenty doctors must fit before the reader of a stream stops accepting.
STREAM_LIMIT = 1 << 20


class Answer:
    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ", 2)[1])
        self.fields = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
        self.body = body

    def field(self, name):
        return next((value for key, value in self.fields if key == name), "")

    @property
    def text(self):
        return self.body.decode()


class Connection:
    """One kept connection of one person. One request at a time."""

    def __init__(self, person):
        self.person = person
        self.reader = self.writer = None

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.person.port, limit=STREAM_LIMIT)
        return self

    def close(self):
        if self.writer:
            self.writer.close()

    def send(self, path, form=None, headers=()):
        body = b"" if form is None else urllib.parse.urlencode({**form, "csrf": self.person.csrf}).encode()
        lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {self.person.cookie}",
                 "Accept: text/html", *headers]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def ask(self, path, form=None, headers=()):
        if self.writer is None:
            await self.open()
        self.send(path, form, headers)
        head = await self.reader.readuntil(b"\r\n\r\n")
        answer = Answer(head[:-4], b"")
        answer.body = await self.reader.readexactly(int(answer.field("content-length") or 0))
        return answer


class Person:
    """Who is signed in: the cookies and the form token, shared by all connections of the browser."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.csrf = ""
        self.line = Connection(self)

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def get(self, path, headers=()):
        return self._note(await self.line.ask(path, headers=headers))

    async def post(self, path, form):
        return self._note(await self.line.ask(path, form))

    async def sign_in(self, name):
        await self.get("/sign-in")
        answer = await self.post("/sign-in", {"name": name, "password": DEMO_PASSWORD, "next": "/"})
        if answer.status != 303:
            raise RuntimeError(f"sign-in of {name} answered {answer.status}")
        await self.get("/appointments")
        return self

    def _note(self, answer):
        for name, value in answer.fields:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        token = re.search(rb'name="csrf" value="([^"]+)"', answer.body)
        if token:
            self.csrf = token.group(1).decode()
        return answer


def percentile(values, share):
    """The value that `share` (0 … 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
