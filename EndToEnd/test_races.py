"""Many hands at one thing: one gets it, the others are told why. On both engines."""
import concurrent.futures
import datetime
import re

import pytest

from person import Person, form_in, id_text
from server import DEMO_NOW

BOOKERS = ("qiantai", "qiantai2", "daozhen", "huifang", "zhuguan")
BOOKINGS = 50
PAYMENTS = 20


def days_ahead(days):
    return (datetime.datetime.fromisoformat(DEMO_NOW) + datetime.timedelta(days=days)).date().isoformat()


def all_at_once(acts):
    """What each act answered; all begin together."""
    with concurrent.futures.ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(act) for act in acts]]


def free_cell(person, day, number=5):
    """(unit, doctor) of a free quarter of an hour on the board of that day."""
    _, text = person.get(f"/appointments?day={day}")
    cells = re.findall(r'href="/appointments/new\?day=[-\d]+&amp;unit=(\d+)&amp;doctor=(\w+)"', text)
    assert len(cells) > number, "the board of that day has no free cell"
    return cells[number]


@pytest.mark.engines("sqlite", "postgres")
def test_fifty_bookings_of_one_quarter_hour_have_one_winner(server):
    """R3.32: fifty parallel bookings of one doctor and quarter of an hour: one is made, 49 are refused and name it."""
    people = [Person(server.url, timeout=30).sign_in(name) for name in BOOKERS]
    day = days_ahead(55)
    unit, doctor = free_cell(people[0], day)
    patients = [int(row[0]) for row in server.rows(f"SELECT id FROM patient ORDER BY id LIMIT {BOOKINGS}")]
    assert len(patients) == BOOKINGS

    def booking(number):
        person = people[number % len(people)].twin()
        form = {"command": "", "patient": id_text(patients[number]), "day": day, "unit": unit, "units": "1",
                "doctor": doctor, "chair": "", "complaint": "抢同一个时间", "channel": "phone",
                "doctorChangeReason": "specialist"}
        return lambda: person.post("/appointments", form)

    answers = all_at_once([booking(number) for number in range(BOOKINGS)])
    statuses = [status for status, _ in answers]
    assert statuses.count(303) == 1 and statuses.count(409) == BOOKINGS - 1, statuses

    held = server.rows(f"SELECT p.name FROM appointment a JOIN patient p ON p.id = a.patient_id "
                       f"WHERE a.day = '{day}' AND a.start_unit = {unit} AND a.complaint = '抢同一个时间'")
    assert len(held) == 1
    winner = held[0][0]
    unnamed = [text for status, text in answers if status == 409 and f"已约{winner}" not in text]
    assert unnamed == [], "a refusal does not name the booking that stands in the way"
    units = server.rows(f"SELECT COUNT(*) FROM resource_unit WHERE day = '{day}' AND unit = {unit} AND kind = 'doctor' "
                        f"AND holder_kind = 'appointment'")
    assert units == [["1"]]
    assert "核对通过" in server.command("verify")


@pytest.mark.engines("sqlite", "postgres")
def test_one_payment_form_sent_twenty_times_charges_once(server):
    """R6.03: the same form posted twenty times in parallel makes one receipt and takes the money once."""
    cashier = Person(server.url, timeout=30).sign_in("shouyin")
    sheet = server.rows("SELECT s.id FROM charge_sheet s WHERE s.notice_at IS NOT NULL AND s.cancelled_at IS NULL "
                        "AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.patient_id = s.patient_id) AND EXISTS "
                        "(SELECT 1 FROM charge_line l WHERE l.sheet_id = s.id AND l.amount_fen > 0) ORDER BY s.id LIMIT 1")
    assert sheet != [], "the demo has nobody who left without paying"
    sheet_id = int(sheet[0][0])
    before = int(server.rows("SELECT COUNT(*) FROM receipt")[0][0])
    status, text = cashier.get(f"/checkout/{id_text(sheet_id)}")
    assert status == 200
    action, fields = form_in(text, "/payments")
    due = int(fields["expectedDue"])
    assert due > 0
    form = {**fields, "cash": f"{due / 100:.2f}"}

    answers = all_at_once([(lambda twin=cashier.twin(): twin.request("POST", action, form)) for _ in range(PAYMENTS)])

    places = {(answer.status, answer.getheader("Location")) for _, _, answer in answers}
    assert len(places) == 1 and next(iter(places))[0] == 303, places
    assert int(server.rows("SELECT COUNT(*) FROM receipt")[0][0]) == before + 1
    taken = server.rows(f"SELECT COALESCE(SUM(t.amount_fen), 0) FROM transfer t JOIN receipt r ON r.id = t.receipt_id "
                        f"WHERE r.sheet_id = {sheet_id}")
    assert taken == [[str(due)]]
    assert "核对通过" in server.command("verify")
