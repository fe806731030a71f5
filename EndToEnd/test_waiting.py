"""The waiting area: an attendant's tablet beside the desk, a long queue on the screen, and a server started anew in between."""
import re

import pytest
from playwright.sync_api import expect

from person import Person, id_text
from steps import toast


def walk_in(person, number, doctors):
    """One customer more in the waiting area, told a time; returns the status."""
    (patient, phone), index = number
    status, _ = person.post("/reception/arrivals", {
        "patient": id_text(patient), "phone": phone, "complaint": "牙疼", "toldWait": "20" if index % 5 == 0 else "10",
        "doctor": id_text(doctors[index % len(doctors)]), "segment": "treatment",
        "emergency": "trauma" if index == 7 else ""})
    return status


def strangers(server):
    """Customers who are neither here nor booked for today."""
    rows = server.rows("SELECT id, phone FROM patient WHERE merged_into_id IS NULL AND phone IS NOT NULL AND id NOT IN "
                       "(SELECT patient_id FROM visit WHERE left_at IS NULL) ORDER BY id LIMIT 80")
    return [(int(number), phone) for number, phone in rows]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.engines("sqlite")
def test_a_long_queue_an_attendant_and_a_restart(desks, server):
    """R4.01, R4.15, R4.16: sixty walk-ins by doctor, chairs tapped on the tablet and seen at the desk, nothing lost over a restart."""
    guide, attendant = desks("guide", "attendant")
    attendant.page.set_viewport_size({"width": 1024, "height": 768})
    person = Person(server.url, timeout=30).sign_in("daozhen")
    doctors = [int(row[0]) for row in server.rows(
        "SELECT id FROM staff WHERE is_doctor = 1 AND disabled_at IS NULL ORDER BY id LIMIT 8")]
    people = [(stranger, index) for index, stranger in enumerate(strangers(server))]

    guide.open("/reception")
    guide.shot("desk-few")
    done = [walk_in(person, one, doctors) for one in people[:60]]
    assert done.count(303) >= 55, done
    board = guide.open("/reception")
    assert overflow(board) <= 0
    heads = board.locator("#desk-queue .group")
    assert heads.count() > 4 and "急诊" in heads.first.inner_text()
    guide.shot("desk-sixty")
    waiting = board.locator("#desk-queue .ticket").count()
    numbers = board.locator("#desk-queue .ticket .no").all_inner_texts()
    assert waiting >= 55 and len(set(numbers)) == waiting

    tablet = attendant.open("/waiting-room")
    assert overflow(tablet) <= 0
    small = tablet.evaluate("""() => [...document.querySelectorAll('.waiting-room .btn')].map((b) => b.getBoundingClientRect())
        .filter((b) => b.height < 48 || b.width < 48).length""")
    assert small == 0
    attendant.shot("waiting-room-sixty")

    # One tap moves a chair on; the desk sees it without asking.
    busy = tablet.locator(".wait-chair[data-state='busy'], .wait-chair[data-state='late']").first
    number = busy.locator("header b").inner_text()
    busy.get_by_role("button", name="快结束").click()
    toast(tablet, "快结束")
    expect(board.locator(".chair", has=board.locator("header b", has_text=re.compile(f"^{number}$")))).to_have_attribute(
        "data-state", "nearly")
    tablet.locator(".wait-chair", has=tablet.locator("header b", has_text=re.compile(f"^{number}$"))).get_by_role(
        "link", name="陪同").click()
    tablet.get_by_label("是客人的谁").fill("妈妈")
    tablet.get_by_role("button", name="登记进诊区").click()
    toast(tablet, "陪同已登记进诊区")
    attendant.shot("companions")

    server.stop()
    guide.expect_fault("ERR_CONNECTION_REFUSED")
    attendant.expect_fault("ERR_CONNECTION_REFUSED")
    server.start()
    board = guide.open("/reception")
    assert board.locator("#desk-queue .ticket .no").all_inner_texts() == numbers

    server.advance(minutes=21)
    [later] = desks("reception")
    board = later.open("/reception")
    assert board.locator("#desk-queue .ticket .no").all_inner_texts() == numbers
    # Everybody has waited over twenty minutes: the explanation is due for each of them.
    assert board.locator("#desk-queue .ticket", has_text="超 20 分").count() >= waiting - 3
    assert board.get_by_role("link", name="去说明").count() >= waiting - 3
    later.shot("desk-sixty-late")
