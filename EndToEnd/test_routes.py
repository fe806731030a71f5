"""Who may do what: every route asked by every role over HTTP, compared with the committed table (design §6)."""
import os
import pathlib
import re

from desk import PEOPLE
from person import Person
from server import run

TABLE = pathlib.Path(__file__).resolve().parent / "routes.txt"
# What ends or locks the session that asks; their access is `whileLocked` or `signedIn` for everybody.
NOT_ASKED = ("whileLocked", "open", "public")
NOBODY = "0000000000000"


def address(pattern):
    return re.sub(r":\w+", NOBODY, pattern)


def allowed(people, method, path):
    """The roles that get past the door; what stands behind it may still refuse the empty form or the missing id."""
    passed = []
    for role, person in people.items():
        status, _ = person.post(path, {}) if method == "POST" else person.get(path)
        assert status < 500, f"{method} {path} answered {status} to {role}"
        if status != 403:
            passed.append(role)
    return "everybody" if len(passed) == len(people) else " ".join(passed)


def test_routes_and_roles_are_the_committed_table(server):
    """R16.03: a route or a right that changes shows here. MENYA_WRITE_ROUTES=1 writes the table anew."""
    people = {role: Person(server.url).sign_in(name) for role, name in PEOPLE.items()}
    lines = []
    for line in run("routes").splitlines():
        method, path, access = line.split(maxsplit=2)
        if access in NOT_ASKED or path == "/live":
            lines.append(f"{method} {path} {access}")
        else:
            lines.append(f"{method} {path} {access}: {allowed(people, method, address(path))}")
    if os.environ.get("MENYA_WRITE_ROUTES"):
        TABLE.write_text("\n".join(lines) + "\n")
    assert lines == TABLE.read_text().splitlines()


def test_without_signing_in_every_door_leads_to_the_sign_in_page(server):
    """Design §6, deny by default: a visitor gets no page and changes nothing."""
    visitor = Person(server.url)
    for line in run("routes").splitlines():
        method, path, access = line.split(maxsplit=2)
        if access in ("open", "public"):
            continue
        status, text, answer = visitor.request(method, address(path), {} if method == "POST" else None)
        to_sign_in = status == 303 and answer.getheader("Location", "").startswith("/sign-in")
        assert to_sign_in or status in (401, 403), f"{method} {path} answered {status} to a visitor"
