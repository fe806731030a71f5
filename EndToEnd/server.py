"""Starts and stops the built program on a loopback port, with a demo clinic of its own."""
import contextlib
import datetime
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("MENYA_PROGRAM", ROOT / ".build/debug/menya"))
READY_SECONDS = 30
# A running server looks at its clock file once a second.
CLOCK_SECONDS = 1.1


def thursday_morning():
    """Seconds from now to the next Thursday, 10:00 in Shanghai: journeys run on the same day of the week and at the same
    time of day, whenever they are run."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    target = now.replace(hour=10, minute=0, second=0, microsecond=0) + datetime.timedelta(days=(3 - now.weekday()) % 7)
    if target <= now:
        target += datetime.timedelta(days=7)
    return target.isoformat(), int((target - now).total_seconds())


# The instant the demo ends at, and how far the servers' clocks are ahead of this machine's.
DEMO_NOW, AHEAD_SECONDS = thursday_morning()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*arguments, timeout=600):
    """Runs one command of the program to its end and returns what it printed; raises with its output when it fails."""
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        raise AssertionError(f"menya {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Server:
    """One `menya serve`. `folder` holds its data; `database` is None for the SQLite file of the folder."""

    def __init__(self, folder, database=None):
        self.folder = pathlib.Path(folder)
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # The customers' side: another port, nothing of the staff on it.
        self.public_port = free_port()
        self.public_url = f"http://127.0.0.1:{self.public_port}"
        self.log = self.folder / "serve.log"
        self.clock = self.folder / "clock"
        self.ahead = AHEAD_SECONDS
        self.process = None

    def arguments(self):
        """The options that name this clinic's data, for any command of the program."""
        return ["--data", self.folder, "--key-file", f"{self.folder}.key", *(["--database", self.database] if self.database else [])]

    def advance(self, minutes):
        """Moves the server's clock forward, so that a wait of 20 minutes takes none."""
        self.ahead += minutes * 60
        self.clock.write_text(f"+{self.ahead}\n")
        if minutes:
            time.sleep(CLOCK_SECONDS)

    def start(self):
        self.advance(minutes=0)
        with self.log.open("ab") as log:
            command = [str(PROGRAM), "serve", *map(str, self.arguments()), "--port", str(self.port),
                       "--clock-file", str(self.clock), "--public-listen", f"127.0.0.1:{self.public_port}",
                       "--public-base-url", self.public_url, "--public-idle-seconds", "5"]
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"menya serve ended with {self.process.returncode}:\n{self.tail()}")
            if self.answers():
                return self
            time.sleep(0.05)
        self.stop()
        raise AssertionError(f"menya serve was not ready within {READY_SECONDS} s:\n{self.tail()}")

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self, force=False):
        """SIGTERM, or SIGKILL when `force`. Returns the exit code; a server that does not end in 10 s has failed."""
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGKILL if force else signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"menya serve did not end on SIGTERM:\n{self.tail()}")

    def command(self, name, *arguments):
        """A command of the program on this clinic's data, for example `verify`."""
        return run(name, *self.arguments(), *arguments)

    def rows(self, statement):
        """What a query of the database answers, as lists of texts; for what no page shows."""
        if self.database:
            lines = psql(statement, self.database, "-F", "\x1f").splitlines()
            return [line.split("\x1f") for line in lines]
        with contextlib.closing(sqlite3.connect(self.folder / "menya.sqlite")) as connection:
            return [["" if value is None else str(value) for value in row] for row in connection.execute(statement)]

    def tail(self, lines=40):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


class Clinics:
    """Hands out demo clinics: each engine's demo is made once and copied for whoever asks."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.made = {}
        self.count = 0

    def fresh(self, engine):
        """A server, not yet started, on a fresh copy of the demo clinic."""
        self.count += 1
        folder = self.folder / f"{engine}-{self.count}"
        if engine not in self.made:
            self.made[engine] = self.make(engine)
        template_folder, template_name = self.made[engine]
        shutil.copytree(template_folder, folder)
        shutil.copy(f"{template_folder}.key", f"{folder}.key")
        if engine == "sqlite":
            return Server(folder)
        name = f"menya_e2e_{os.getpid()}_{self.count}"
        psql(f'CREATE DATABASE {name} TEMPLATE {template_name}')
        return Server(folder, connection(name))

    def make(self, engine):
        folder = self.folder / f"{engine}-template"
        folder.mkdir(parents=True)
        if engine == "sqlite":
            Server(folder).command("demo", "--ending-at", DEMO_NOW)
            return folder, None
        name = f"menya_e2e_{os.getpid()}_template"
        psql(f"CREATE DATABASE {name}")
        Server(folder, connection(name)).command("demo", "--ending-at", DEMO_NOW)
        return folder, name

    def drop(self):
        if "postgres" in self.made:
            for name in psql("SELECT datname FROM pg_database").split():
                if name.startswith(f"menya_e2e_{os.getpid()}_"):
                    psql(f"DROP DATABASE {name} WITH (FORCE)")


def connection(name):
    """An address of the database `name` in the test cluster, whose own is given as `host=… user=… dbname=…`."""
    given = os.environ.get("MENYA_TEST_POSTGRES")
    assert given, "MENYA_TEST_POSTGRES is not set: run `Scripts/test-postgres.sh start` first, as make test does"
    parts = dict(part.split("=", 1) for part in given.split())
    parts.pop("dbname", None)
    return f"postgres:///{name}?" + "&".join(f"{key}={value}" for key, value in parts.items())


def psql(statement, database=None, *options):
    done = subprocess.run(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", *options, "-c", statement,
                           database or connection("postgres")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"psql: {statement}\n{done.stderr}"
    return done.stdout
