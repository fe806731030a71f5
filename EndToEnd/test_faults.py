"""What was acknowledged survives a power switch: kill -9 in the middle of 500 acknowledged writes."""
import http.client
import random
import sqlite3
import threading
import time

from person import Person

WRITES = 500
CLIENTS = 8
KILLS = 3


class Desk(threading.Thread):
    """Registers customers one after the other; a number counts once the server has answered."""

    def __init__(self, number, crew):
        super().__init__(daemon=True)
        self.number = number
        self.crew = crew

    def run(self):
        person = Person(self.crew.url)
        person.cookies, person.csrf = dict(self.crew.cookies), self.crew.csrf
        count = 0
        while not self.crew.is_done():
            count += 1
            phone = f"13{self.number}{count:08d}"
            form = {"name": "王小明", "gender": "male", "age": "30", "phone": phone, "complaint": "牙痛",
                    "sourceChannel": self.crew.channel}
            try:
                status, text = person.post("/patients", form)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if status == 303:
                self.crew.acknowledge(phone)
            elif status < 500:
                self.crew.fault = f"{status}: {text[:2000]}"
                return


class Crew:
    def __init__(self, person, url, channel):
        self.url, self.channel = url, channel
        self.cookies, self.csrf = person.cookies, person.csrf
        self.acknowledged = []
        self.fault = None
        self.lock = threading.Lock()

    def acknowledge(self, phone):
        with self.lock:
            self.acknowledged.append(phone)

    def is_done(self):
        return self.fault is not None or len(self.acknowledged) >= WRITES


def test_kill_loses_no_acknowledged_write(clinics):
    server = clinics.fresh("sqlite").start()
    person = Person(server.url).sign_in("qiantai")
    with sqlite3.connect(server.folder / "menya.sqlite") as connection:
        channel = connection.execute("SELECT source_channel FROM patient WHERE source_channel IS NOT NULL").fetchone()[0]
    crew = Crew(person, server.url, channel)
    desks = [Desk(number, crew) for number in range(CLIENTS)]
    chance = random.Random(412)
    for desk in desks:
        desk.start()
    deadline = time.monotonic() + 30
    for kill in range(KILLS):
        goal = (kill + 1) * WRITES // (KILLS + 1)
        while len(crew.acknowledged) < goal and crew.fault is None and time.monotonic() < deadline:
            time.sleep(chance.uniform(0.001, 0.02))
        server.stop(force=True)
        server.start()
    for desk in desks:
        desk.join(max(0.1, deadline - time.monotonic()))
    assert crew.fault is None, crew.fault
    assert len(crew.acknowledged) >= WRITES, f"only {len(crew.acknowledged)} writes in 30 s"
    server.stop(force=True)

    with sqlite3.connect(server.folder / "menya.sqlite") as connection:
        stored = {row[0] for row in connection.execute("SELECT phone FROM patient")}
    lost = set(crew.acknowledged) - stored
    assert lost == set()
    assert "核对通过" in server.command("verify", "--all")
