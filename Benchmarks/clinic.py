"""The clinic under load: a demo clinic, made larger through its own pages by the people who may."""
import contextlib
import datetime
import http.client
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse

from http_person import Person

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "EndToEnd"))
from server import DEMO_NOW, PROGRAM, Server  # noqa: E402

SEED = 20_260_312
# Doctors work 8:30–12:00 and 13:30–18:00, in quarters of an hour; a booking here takes two.
STARTS = [*range(34, 48, 2), *range(54, 72, 2)]
UNITS = 2
NEW_DOCTORS = 12
BOARD_DOCTORS, BOARD_BOOKINGS = 20, 300
COMPLAINT = "bench"


class Clinic:
    """A served clinic and what the load needs to know about it."""

    def __init__(self, server):
        self.server = server
        self.today = datetime.date.fromisoformat(DEMO_NOW[:10])
        self.queries = self.patients = self.doctors = self.chairs = None
        self.reason = ""
        # Nothing of the demo is booked this far ahead; the days before belong to the board.
        self.next_day = self.today + datetime.timedelta(days=150)

    # MARK: data that no page gives

    def select(self, statement):
        """Rows as lists of text, read beside the running server."""
        if self.server.database is None:
            with contextlib.closing(sqlite3.connect(self.server.folder / "menya.sqlite")) as connection:
                return [[str(value) for value in row] for row in connection.execute(statement)]
        done = subprocess.run(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, self.server.database],
                              capture_output=True, text=True, check=True, timeout=60)
        return [line.split("|") for line in done.stdout.splitlines()]

    def number(self, statement):
        return int(self.select(statement)[0][0])

    def bookings(self):
        return self.number(f"SELECT COUNT(*) FROM appointment WHERE complaint = '{COMPLAINT}'")

    def undone(self):
        """Transactions that PostgreSQL rolled back so far. Its sessions report at the latest when they end, so the program is
        started anew."""
        self.server.stop()
        count = self.number("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
        self.server.start()
        return count

    # MARK: reading

    async def know(self, person, count=400):
        """Chooses `count` parts of names, pinyin, initials, phones and record numbers, asks for each once and raises unless
        every answer holds people; remembers those."""
        terms = [row[0] for row in self.select("SELECT DISTINCT term FROM patient_term")]
        chance = random.Random(SEED)
        self.queries = []
        for term in chance.sample(sorted(terms), count):
            least = 4 if term[0].isdigit() else 2
            self.queries.append(term[:chance.randint(min(least, len(term)), len(term))])
        found, hits = set(), 0
        for query in self.queries:
            answer = await person.get(search_path(query), ["X-Menya-Part: 1"])
            people = set(re.findall(r'href="/patients/(\w{8,})"', answer.text))
            if answer.status != 200 or not people:
                raise RuntimeError(f"search for {query!r} answered {answer.status} with {len(people)} people")
            hits += len(people)
            found |= people
        self.patients = sorted(found)
        self.hits_each = hits / count

    # MARK: growing

    async def grow(self, head):
        """Twelve doctors more, who work every day, beginning after what the demo has booked."""
        begin = self.today + datetime.timedelta(days=90)
        form = (await head.get("/staff/new")).text
        grant = re.search(r'value="(doctor@\w*)"', form).group(1)
        week = {f"{edge}-{day}{half}": str(unit) for day in range(1, 8)
                for half, start, end in (("a", 34, 48), ("b", 54, 72)) for edge, unit in (("start", start), ("end", end))}
        self.doctors = []
        for number in range(1, NEW_DOCTORS + 1):
            made = await head.post("/staff", {
                "employeeNumber": str(9000 + number), "name": f"测试{number:02}", "gender": "female",
                "loginName": f"bench{number:02}", "isDoctor": "1", "grant": grant})
            doctor = re.search(r'action="/staff/(\w{8,})"', made.text)
            if made.status != 200 or not doctor:
                raise RuntimeError(f"a new doctor was answered with {made.status}")
            self.doctors.append(doctor.group(1))
            set_week = await head.post(f"/roster/{doctor.group(1)}/week", {"from": begin.isoformat(), **week})
            if set_week.status != 303:
                raise RuntimeError(f"a roster was answered with {set_week.status}")
        rooms = (await head.get("/settings/rooms")).text
        self.chairs = re.findall(r'action="/settings/chairs/(\w{8,})/retire"', rooms)
        board = (await head.get("/appointments")).text
        self.reason = re.search(r'name="doctorChangeReason">.*?<option value="(\w+)">', board).group(1)

    async def fill_board(self, desk):
        """A Saturday, when all doctors of the demo work: 20 doctors with 15 bookings each. Returns the day."""
        day = self.today + datetime.timedelta(days=100)
        day += datetime.timedelta(days=(5 - day.weekday()) % 7)
        page = (await desk.get(board_path(day))).text
        columns = re.findall(r'data-column="(\w{8,})"', page)
        if len(columns) != BOARD_DOCTORS:
            raise RuntimeError(f"{len(columns)} doctors on {day} instead of {BOARD_DOCTORS}")
        places = [(doctor, start) for start in STARTS for doctor in columns][:BOARD_BOOKINGS]
        for (doctor, start), patient in zip(places, self.patients, strict=False):
            answer = await desk.post("/appointments", self.booking(day, start, doctor, patient))
            if answer.status != 303:
                raise RuntimeError(f"a booking for the board was answered with {answer.status}")
        return day

    def booking(self, day, start, doctor, patient, chair="", units=UNITS):
        return {"patient": patient, "day": day.isoformat(), "unit": str(start), "units": str(units), "doctor": doctor,
                "chair": chair, "complaint": COMPLAINT, "channel": "phone", "doctorChangeReason": self.reason}

    def next_bookings(self, count):
        """Forms for `count` bookings, all of which fit: doctor, chair and customer, two quarters of an hour each. Every call
        goes on with later days."""
        forms = []
        while len(forms) < count:
            for start in STARTS:
                for doctor, chair in zip(self.doctors, self.chairs, strict=False):
                    patient = self.patients[len(forms) % len(self.patients)]
                    forms.append(self.booking(self.next_day, start, doctor, patient, chair))
            self.next_day += datetime.timedelta(days=1)
        return forms


def search_path(query):
    return "/patients/search?q=" + urllib.parse.quote(query)


def board_path(day):
    return f"/appointments?day={day.isoformat()}"


def board_part_path(day):
    return f"/appointments/board?day={day.isoformat()}&by=doctor"


def make_demo(folder, database=None):
    """A server, not yet started, on a new demo clinic."""
    folder.mkdir(parents=True)
    server = Server(folder, database)
    server.command("demo", "--ending-at", DEMO_NOW)
    return server


def first_page_seconds(server):
    """From the start of the program to the first page that holds the sign-in form."""
    server.advance(minutes=0)
    command = [str(PROGRAM), "serve", *map(str, server.arguments()), "--port", str(server.port),
               "--clock-file", str(server.clock)]
    begun = time.perf_counter()
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    while time.perf_counter() - begun < 30:
        if b'name="password"' in _try_page(server.port):
            return time.perf_counter() - begun
        time.sleep(0.002)
    raise RuntimeError(f"no first page within 30 s:\n{server.tail()}")


def _try_page(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().read()
    except OSError:
        return b""
    finally:
        connection.close()


def resident_megabytes(server):
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


@contextlib.contextmanager
def slow_disk(server, folder):
    """`server`, started so that every sync takes 4 ms longer; stopped at the end."""
    library = pathlib.Path(folder) / "slow_sync.so"
    source = pathlib.Path(__file__).resolve().parent / "slow_sync.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source)], check=True, capture_output=True)
    os.environ["LD_PRELOAD"] = str(library)
    try:
        server.start()
    finally:
        del os.environ["LD_PRELOAD"]
    try:
        if library.name not in pathlib.Path(f"/proc/{server.process.pid}/maps").read_text():
            raise RuntimeError(f"the server did not load {library.name}")
        yield
    finally:
        server.stop()


async def signed_in(server, name):
    return await Person(server.port).sign_in(name)
