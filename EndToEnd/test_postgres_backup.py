"""A clinic on PostgreSQL comes back from its backup: made by hand, and by the server itself at night."""
import json
import os
import subprocess
import time

import pytest

from server import PROGRAM, Server, connection, free_port, psql
from test_commands import menya

NIGHTLY_SECONDS = 60


@pytest.fixture
def server(clinics):
    made = clinics.fresh("postgres")
    yield made
    made.stop()


def empty(name):
    """The address of a new database without anything in it."""
    psql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    return connection(name)


def only(folder, pattern):
    found = list((folder / "backups").glob(pattern))
    assert len(found) == 1, found
    return found[0]


def test_backup_comes_back_in_an_empty_database(server):
    code, text = menya(server, "backup")
    assert code == 0, text
    backup = only(server.folder, "*.dump")
    manifest = json.loads(backup.with_suffix(".json").read_text())
    assert manifest["engine"] == "postgres" and manifest["rows"]["patient"] > 100
    assert backup.stat().st_mode & 0o777 == 0o600
    events = server.rows("SELECT COUNT(*), MAX(seq) FROM event")

    code, text = menya(server, "restore", str(backup))
    assert code == 1 and "空库" in text, "a database with data is never overwritten: " + text
    other = Server(server.folder, empty(f"menya_e2e_{os.getpid()}_restored"))
    code, text = menya(other, "restore", str(backup))

    assert code == 0, text
    assert other.rows("SELECT COUNT(*), MAX(seq) FROM event") == events
    code, text = menya(other, "verify", "--all")
    assert code == 0 and "核对通过" in text, text

    backup.write_bytes(backup.read_bytes()[:-100])
    code, text = menya(Server(server.folder, empty(f"menya_e2e_{os.getpid()}_damaged")), "restore", str(backup))
    assert code == 1 and "大小与清单不符" in text


def test_the_server_makes_its_backup_by_itself(server):
    # A demo clinic is made anew, not saved; a real one that was never saved is saved at once.
    psql("UPDATE organisation SET is_demo = 0", server.database)
    command = [str(PROGRAM), "serve", *map(str, server.arguments()), "--port", str(free_port())]
    with server.log.open("ab") as log:
        serving = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + NIGHTLY_SECONDS
        while not (done := server.rows("SELECT COALESCE(problem, ''), file_name FROM backup_run")):
            assert serving.poll() is None and time.monotonic() < deadline, server.tail()
            time.sleep(0.2)
    finally:
        serving.terminate()
        assert serving.wait(timeout=15) == 0, server.tail()

    assert done == [["", only(server.folder, "*.dump").name]], server.tail()
