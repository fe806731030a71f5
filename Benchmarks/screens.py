"""Open screens: a stream of events each, and a second connection on which the changed part is fetched, as live.js does."""
import asyncio
import pathlib
import random
import re
import time

from http_person import Connection

ROOT = pathlib.Path(__file__).resolve().parent.parent
COALESCE = ROOT / "Sources/ClinicWeb/Resources/public/js/lib/coalesce.js"
TIMEOUT = 20
PART = re.compile(r'data-part="([^"]+)" data-v="([^"]+)"')


def jitter_seconds():
    """How long screens wait at most before they ask, so that they do not all ask at once: the browser's own figure."""
    return int(re.search(r"jitter = (\d+)", COALESCE.read_text()).group(1)) / 1000


class Screen:
    def __init__(self, person, part, jitter, live="/live?topics=board,reception"):
        self.person, self.part, self.jitter, self.live = person, part, jitter, live
        self.stream, self.fetches = Connection(person), Connection(person)
        self.heard_at = self.shown_at = None
        self.body = b""
        # Versions of the parts shown, in the order of the page; empty: the whole is fetched.
        self.have = {}
        self.beats = 0
        self.task = None

    async def open(self):
        await self.stream.open()
        self.stream.send(self.live, headers=["X-Menya-Live: 1"])
        await asyncio.wait_for(self.stream.reader.readuntil(b"event: hello"), TIMEOUT)
        if self.part:
            await self._fetch()
        self.task = asyncio.create_task(self._listen())
        return self

    def forget(self):
        self.heard_at = self.shown_at = None

    @property
    def is_open(self):
        return not self.task.done()

    async def _listen(self):
        while True:
            event = await self.stream.reader.readuntil(b"\n\n")
            if b"event: beat" in event:
                self.beats += 1
            elif b"event: change" in event or b"event: refresh" in event:
                self.heard_at = time.perf_counter()
                if self.part:
                    await asyncio.sleep(random.random() * self.jitter)
                    await self._fetch()
                    self.shown_at = time.perf_counter()

    async def _fetch(self):
        have = " ".join(self.have.values())
        headers = ["X-Menya-Live: 1"] + ([f"X-Menya-Have: {have}"] if have else [])
        answer = await self.fetches.ask(self.part, headers=headers)
        if answer.status not in (200, 204):
            raise RuntimeError(f"{self.part} was answered with {answer.status}")
        if not answer.field("x-menya-parts"):
            self.have = {}
        self.have.update(PART.findall(answer.body.decode()))
        if answer.body:
            self.body = answer.body

    def close(self):
        if self.task:
            self.task.cancel()
        self.stream.close()
        self.fetches.close()


async def open_screens(people, count, part=None, jitter=0.0):
    """`count` screens of the people in turn; 50 are being opened at a time."""
    gate = asyncio.Semaphore(50)

    async def one(number):
        async with gate:
            return await Screen(people[number % len(people)], part, jitter).open()

    return await asyncio.gather(*(one(number) for number in range(count)))


async def open_desks_and_televisions(people, desks, address, televisions, jitter):
    """Open reception boards of the people in turn, and screens of the hall behind one secret address."""
    opened = await open_screens(people, desks, "/reception/board", jitter)
    nobody = type(people[0])(people[0].port)
    return opened, [await Screen(nobody, f"{address}/screen", jitter, f"{address}/live").open() for _ in range(televisions)]


async def change(screens, act, is_done):
    """Does `act` and returns its result with the seconds from its start until each screen `is_done`."""
    for screen in screens:
        screen.forget()
    begun = time.perf_counter()
    result = await act()
    deadline = begun + TIMEOUT
    while not all(map(is_done, screens)):
        if time.perf_counter() > deadline:
            missing = sum(not is_done(screen) for screen in screens)
            raise RuntimeError(f"{missing} of {len(screens)} screens did not follow within {TIMEOUT} s")
        await asyncio.sleep(0.01)
    return result, [(screen.shown_at or screen.heard_at) - begun for screen in screens]
