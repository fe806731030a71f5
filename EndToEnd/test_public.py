"""The customer's telephone: booking, moving, cancelling in both languages, and a calendar that others can read."""
import re
import socket
import urllib.error
import urllib.request

import icalendar
import pytest
from playwright.sync_api import expect

from person import Person
from server import run
from test_routes import address

WORDS = {
    "zh-CN": {"need": "洗牙", "held": "为您留到", "book": "预约", "female": "女", "agree": "我看过上面的说明", "come": "我会准时到",
              "said": "您已确认会来", "change": "换个时间", "moved": "时间已经改好", "cannot": "来不了，取消预约", "reason": "临时有事",
              "cancel": "取消预约", "done": "预约已取消", "gone": "这个链接用不了", "name": "就诊人姓名", "phone": "手机", "age": "年龄"},
    "en": {"need": "Cleaning", "held": "Kept for you until", "book": "Book", "female": "Female", "agree": "I have read this",
           "come": "I will be there", "said": "You told us you will come", "change": "Another time", "moved": "The time is changed",
           "cannot": "I cannot come: cancel", "reason": "Something came up", "cancel": "Cancel the visit",
           "done": "Your visit is cancelled", "gone": "This link does not work", "name": "Name of the patient",
           "phone": "Mobile phone", "age": "Age"},
}


def look(phone):
    """Nothing too wide for the telephone, valid, usable."""
    assert not phone.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), f"{phone.page.url} is too wide"
    phone.check()


def book(phone, server, words, lang, name, number):
    """From the first page to the own booking; returns its address."""
    page = phone.open(f"/book?lang={lang}")
    look(phone)
    page.get_by_role("link", name=words["need"], exact=True).click()
    look(phone)
    page.locator(".slots button").first.click()
    page.get_by_text(words["held"]).wait_for()
    look(phone)
    # Nobody types in two seconds; the clock of the server passes one minute of the five.
    server.advance(minutes=1)
    page.get_by_label(words["name"]).fill(name)
    page.get_by_label(words["phone"]).fill("1370000")
    page.get_by_label(words["age"], exact=True).fill("34")
    page.locator("fieldset .seg").get_by_text(words["female"], exact=True).click()
    page.get_by_label(words["agree"]).check()
    page.locator(".stick").get_by_role("button").click()
    page.locator(".error").first.wait_for()
    assert page.get_by_label(words["name"]).input_value() == name
    page.get_by_label(words["phone"]).fill(number)
    page.locator(".stick").get_by_role("button").click()
    page.wait_for_url(re.compile(r"/v/[\w-]{24}\?"))
    look(phone)
    return page.url


@pytest.mark.parametrize(("lang", "name", "number"), [("zh-CN", "罗晓燕", "13722220001"), ("en", "Alex Morgan", "13722220002")])
def test_a_customer_books_confirms_moves_and_cancels(server, new_desk, lang, name, number):
    """R3.09, R3.25, R3.31, R3.36, R16.19: everything on the own telephone, by the same rules as at the desk."""
    words, phone = WORDS[lang], new_desk(server.public_url, "phone")
    book(phone, server, words, lang, name, number)
    page = phone.page
    page.get_by_role("button", name=words["come"]).click()
    page.get_by_text(words["said"]).wait_for()
    page.get_by_role("link", name=words["change"]).click()
    look(phone)
    page.locator(".slots button").last.click()
    page.get_by_text(words["moved"]).wait_for()
    phone.shot(f"public-own-{lang}")
    own = page.url
    page.get_by_role("link", name=words["cannot"]).click()
    look(phone)
    page.get_by_label(words["reason"]).check()
    page.get_by_role("button", name=words["cancel"], exact=True).click()
    page.get_by_text(words["done"]).wait_for()
    look(phone)
    phone.expect_fault("404")
    assert page.goto(own).status == 404
    page.get_by_text(words["gone"]).wait_for()
    rows = server.rows("SELECT a.cancel_side, a.cancelled_by, a.confirmed_at, a.move_count FROM appointment a "
                       f"JOIN patient p ON p.id = a.patient_id WHERE p.name = '{name}'")
    assert rows == [["patient", "1", "", "1"]]


def test_the_desk_finds_out_who_booked_and_gives_a_link(server, new_desk, desks):
    """R3.09, R3.29, R16.19: an online booking waits to be verified; the desk's link opens it on the customer's telephone."""
    phone = new_desk(server.public_url, "phone")
    book(phone, server, WORDS["zh-CN"], "zh-CN", "何小满", "13722220003")
    front, = desks("reception")
    page = front.open("/workbench")
    page.locator(".task", has_text="核实网上预约：何小满").locator(".do a").click()
    page.get_by_role("heading", name="核对结果").wait_for()
    front.check()
    front.shot("public-case")
    page.get_by_role("link", name="看这条预约").click()
    page.get_by_role("button", name="给客人的链接").click()
    page.get_by_role("heading", name=re.compile("给何女士的链接")).wait_for()
    link = page.get_by_label("只要链接").input_value()
    assert link.startswith(server.public_url + "/v/")
    assert phone.page.goto(link).status == 200
    page.goto("/online-bookings")
    page.get_by_role("link", name="何小满").click()
    page.get_by_role("button", name="是新客人，资料无误").click()
    page.wait_for_url(re.compile("/online-bookings$"))
    expect(page.get_by_role("link", name="何小满")).to_have_count(0)
    front.check()


def test_a_customer_registers_by_code_and_the_desk_checks(server, new_desk, desks):
    """R1.10, R1.03, R16.19: the clinic's code, the own telephone, the desk compares field by field."""
    front, = desks("reception")
    page = front.open("/self-registrations")
    page.get_by_role("link", name="门诊二维码").click()
    page.locator("svg.qr").wait_for()
    front.shot("public-code")
    code = page.locator(".code-sheet footer").inner_text()
    assert code.startswith(server.public_url + "/r?")
    phone = new_desk(server.public_url, "phone")
    phone.page.goto(code)
    look(phone)
    phone.page.get_by_role("button", name="开始填写").click()
    phone.page.wait_for_url(re.compile("/r/form/"))
    look(phone)
    phone.shot("public-self")
    address = phone.page.url
    fill = phone.page.get_by_label
    fill("我看过上面的说明").check()
    fill("姓名", exact=True).fill("陶小雨")
    phone.page.locator("fieldset .seg").get_by_text("女", exact=True).click()
    fill("出生日期").fill("1988-02-03")
    fill("手机").fill("13722220009")
    fill("这次来看什么").fill("想洗牙")
    fill("同意处理我的健康信息").check()
    fill("以上都没有").check()
    phone.page.get_by_role("button", name="发送给前台").click()
    phone.page.get_by_text("已发送，请到前台").wait_for()
    phone.expect_fault("404")
    assert phone.page.goto(address).status == 404
    page = front.open("/self-registrations")
    page.get_by_role("link", name="陶小雨").click()
    front.check()
    front.shot("public-self-case")
    page.get_by_role("button", name="是新客人，建档").click()
    page.get_by_text("还没有核对").wait_for()
    for box in page.locator("input[name=field]").all():
        box.check()
    front.expect_fault("422")
    page.get_by_role("button", name="是新客人，建档").click()
    page.wait_for_url(re.compile("/patients/"))
    assert server.rows("SELECT born_on FROM patient WHERE name = '陶小雨'") == [["1988-02-03"]]


def test_the_public_port_closes_what_says_nothing(server):
    """A connection that sends nothing, or half a request and then no more, does not keep the port."""
    with socket.create_connection(("127.0.0.1", server.public_port), timeout=10) as silent:
        with socket.create_connection(("127.0.0.1", server.public_port), timeout=10) as half:
            half.sendall(b"POST /book/holds HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1")
            silent.settimeout(10)
            assert silent.recv(1) == b""
            half.settimeout(10)
            while half.recv(4096):
                pass


def test_the_public_port_has_no_staff_side(server):
    """R16.01, design §6: each address of the staff looks like one that does not exist."""
    visitor = Person(server.public_url)
    _, nothing, _ = visitor.request("GET", "/no-such-page")
    for line in run("routes").splitlines():
        method, path, access = line.split(maxsplit=2)
        if access == "public":
            continue
        status, text, answer = visitor.request(method, address(path), {} if method == "POST" else None)
        assert status == 404 and text == nothing, f"{method} {path} answered {status} on the public port"
        assert "menya_session" not in (answer.getheader("Set-Cookie") or "")


def test_the_calendar_of_a_doctor_is_read_by_others(server, desks):
    """R16.19: initials and item only, in the words of RFC 5545, until the doctor takes the address back."""
    doctor, = desks("doctor")
    page = doctor.open("/account")
    page.get_by_role("link", name="日历订阅").click()
    page.get_by_role("button", name="生成新地址").click()
    feed = page.get_by_label(re.compile("订阅地址")).input_value()
    with urllib.request.urlopen(feed, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        text = answer.read()
    calendar = icalendar.Calendar.from_ical(text)
    events = list(calendar.walk("VEVENT"))
    assert len(events) > 3 and len({event["UID"] for event in events}) == len(events)
    assert all(event["DTSTART"].dt < event["DTEND"].dt and event["DTSTART"].dt.tzinfo for event in events)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert not [event for event in events if event.errors], "an event the library had to forgive"
    names = {name for (name,) in server.rows("SELECT name FROM patient")}
    told = [str(event["SUMMARY"]) for event in events]
    assert not [summary for summary in told if any(name in summary for name in names)]
    page.get_by_role("button", name="停用地址").click()
    page.get_by_text("日历地址已停用").wait_for()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(feed, timeout=10)
