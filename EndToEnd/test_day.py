"""One customer's day from booking to follow-up, played by the people of a clinic, each at a screen of his own."""
import re

import pytest
from playwright.sync_api import expect

from desk import READY
from steps import card, choose_customer, day_after, register, toast, wait_for_page

NAME, PHONE = "诸葛青", "13800138021"
DOCTOR, DOCTOR_LOGIN = "吴承志", "wuchengzhi"
# 正位智齿拔除 600 for each of two teeth, 全景片 120.
TOTAL, CAPITALS = "1,320.00", "壹仟叁佰贰拾元整"
RETURN_DAY = day_after(7)


def ticket(page):
    return page.locator("[data-ticket]", has_text=NAME)


@pytest.mark.engines("sqlite", "postgres")
def test_a_whole_day(server, desks):
    """Issue 2 §5, §6: five people signed in at once; the screens that only watch are never reloaded by hand."""
    reception, attendant, nurse, doctor, cashier = desks("reception", "attendant", "nurse", DOCTOR_LOGIN, "cashier")
    queue = attendant.open("/reception")
    till = cashier.open("/checkout")

    # Registered (R1.01, R1.12), booked from a free cell of today with the mouse (R3.01, R3.02).
    customer = register(reception, NAME, PHONE, complaint="智齿疼")
    reception.shot("day-01-customer")
    board = reception.open("/appointments")
    reception.shot("day-02-board")
    board.locator(f".col[aria-label='{DOCTOR}'] a.free").first.click()
    choose_customer(board, "zgq", NAME)
    board.get_by_label("主诉").fill("拔智齿")
    board.get_by_label("项目 1", exact=True).select_option(label=option(board, "#item-1", "正位智齿拔除"))
    board.get_by_label("牙位 1").fill("38、48")
    board.get_by_label("时长").select_option("1")
    reception.shot("day-03-booking")
    board.get_by_label("主诉").press("Enter")
    wait_for_page(board, "pick=")
    expect(card(board, NAME)).to_have_count(1)
    reception.shot("day-04-booked")

    # Arrived: phone and address confirmed (R1.04), a number is drawn, the wait is told (R4.02); the waiting area sees it by itself.
    expect(ticket(queue)).to_have_count(0)
    board.locator("#board-side").get_by_role("link", name="到诊登记").click()
    page = wait_for_page(reception.page, "/reception/arrivals/new")
    page.get_by_label("地址").fill("示例市梧桐路 9 号 3 单元")
    page.get_by_label("已念给客人听").check()
    reception.shot("day-05-arrival")
    page.get_by_role("button", name="到诊登记").click()
    wait_for_page(page, r"/reception\?arrived=")
    reception.shot("day-06-arrived")
    expect(ticket(queue)).to_have_count(1)
    attendant.shot("day-07-waiting")

    # Called, and led to a chair: refused while somebody sits there (R4.11), then to a free one.
    ticket(queue).get_by_role("button", name=re.compile("叫号")).click()
    expect(ticket(queue).get_by_role("button", name=re.compile("再叫"))).to_be_visible()
    ticket(queue).get_by_role("link", name=re.compile("入座|引到")).click()
    wait_for_page(queue, "/lead-in")
    taken = queue.locator("label.pick", has_text="没有登记离开")
    assert taken.count() > 0, "nobody sits in any chair of the demo"
    taken.first.locator("input").check()
    queue.get_by_role("button", name="引领入座").click()
    expect(queue.locator(".repair")).to_contain_text("没有离开")
    expect(queue.get_by_role("button", name="补录离开并引领入座")).to_be_visible()
    attendant.shot("day-08-chair-taken")
    free = queue.locator("label.pick").filter(has=queue.locator(".chip[data-tone=done]"))
    free.first.locator("input").check()
    queue.get_by_role("button", name=re.compile("引领入座")).click()
    toast(queue, "已引到")
    attendant.shot("day-09-seated")

    # Fees in the room, with the numbers of the teeth (R5.20), explained and agreed to.
    room = nurse.open("/treatment")
    nurse.shot("day-10-room")
    room.locator(".guest", has_text=NAME).get_by_role("link", name="录入收费").click()
    # What was booked stands there already (design idea 11: nothing is typed twice).
    expect(room.get_by_label("第 1 行项目")).to_have_value("SU03 正位智齿拔除")
    expect(room.get_by_label("第 1 行牙位")).to_have_value("38、48")
    room.get_by_label("第 2 行项目").fill("XR03")
    expect(room.locator("[data-total]")).to_have_text(f"¥{TOTAL}")
    room.get_by_text("要复诊", exact=True).click()
    room.get_by_label("多少天后").fill("7")
    room.get_by_label("几个单位").fill("1")
    room.get_by_label("做什么、注意什么").fill("拆线")
    nurse.shot("day-11-fees")
    for step in ("保存收费单", "已向客人说明费用", "客人已确认费用"):
        room.get_by_role("button", name=step, exact=True).click()
        expect(room.locator(".toast")).to_be_visible()
    expect(room.get_by_role("button", name=re.compile("发出收费通知"))).to_have_count(0)
    nurse.shot("day-12-confirmed")
    expect(till.locator("#queue-coming")).to_contain_text(NAME)

    # The doctor's notice puts the customer on the cashier's screen (R6.01).
    sheet = doctor.open(room.url.replace(server.url, ""))
    sheet.get_by_role("button", name=re.compile("发出收费通知")).click()
    toast(sheet, "收费通知已发")
    doctor.shot("day-13-notice")
    entry = till.locator("#queue-due a", has_text=NAME)
    expect(entry).to_be_visible()
    cashier.shot("day-14-queue")
    queue_again = nurse.open("/reception")
    queue_again.locator(".chair", has_text=NAME).get_by_role("button", name="离开").click()
    toast(queue_again, "已离开椅位")

    # A mixed payment with change (R6.16), the sentence at the till (R6.10), and the receipt (R6.03, R6.04).
    entry.click()
    expect(till.locator(".amount .caps")).to_contain_text(CAPITALS)
    till.wait_for_function(READY)
    till.keyboard.press("1")
    till.keyboard.type("1000")
    till.keyboard.press("Tab")
    till.keyboard.press("=")
    expect(till.locator("#pay-cash")).to_have_value("320.00")
    till.locator("#tendered").fill("400")
    expect(till.locator("[data-change]")).to_have_text("¥80.00")
    cashier.shot("day-15-payment")
    till.get_by_role("button", name=re.compile("^收款")).click()
    wait_for_page(till, r"/receipts/[0-9A-Z]{13}$")
    receipt = till.url
    expect(till.locator(".paid .amount")).to_contain_text(f"¥{TOTAL}")
    expect(till.locator(".paid .amount")).to_contain_text(CAPITALS)
    expect(till.locator(".paid .change")).to_contain_text("80.00")
    expect(till.locator(".r80 .cap")).to_contain_text(CAPITALS)
    cashier.shot("day-16-receipt")

    # Paper of 80 mm; the second print says that it is one.
    till.get_by_role("button", name=re.compile("打印 80 毫米")).click()
    wait_for_page(till, "/paper/80mm")
    expect(till.locator(".r80")).to_contain_text(CAPITALS)
    expect(till.locator(".reprint")).to_have_count(0)
    cashier.shot("day-17-paper")
    till.goto(receipt)
    till.get_by_role("button", name=re.compile("补打 80 毫米")).click()
    wait_for_page(till, "/paper/80mm")
    expect(till.locator(".reprint")).to_contain_text("补打 第 1 次")
    cashier.shot("day-18-reprint")

    # The return visit is booked at the till (R3.04), and the customer leaves with an outcome (R2.29).
    till.goto(receipt)
    till.locator(".till-foot").get_by_role("link", name=re.compile("约")).click()
    wait_for_page(till, "/appointments/new")
    expect(till.locator("#booking")).to_be_visible()
    # What the doctor said fills the form: what for, which day, how long, and that it is booked at the till.
    expect(till.get_by_label("主诉")).to_have_value("拆线")
    expect(till.get_by_label("日期")).to_have_value(RETURN_DAY)
    expect(till.get_by_label("怎么约的")).to_have_value("checkout")
    till.get_by_role("button", name="找时间").click()
    cashier.shot("day-19-return")
    till.locator("button.offer").first.click()
    wait_for_page(till, "/booked")
    till.get_by_role("button", name="已复述，完成").click()
    wait_for_page(till, r"/receipts/[0-9A-Z]{13}$")
    toast(till, "已复述")
    expect(till.locator(".paid .facts")).to_contain_text("已约")
    desk = reception.open("/reception")
    reception.shot("day-20-leaving")
    leaving = desk.locator(".out", has_text=NAME)
    leaving.get_by_role("button", name="送别").or_(leaving.get_by_role("link", name="送别")).first.click()
    if "/departure" in desk.url:
        desk.get_by_role("button", name="送别").click()
    toast(desk, "已离开")
    thread = reception.open(customer.replace(server.url, ""))
    expect(thread.locator("#thread")).to_contain_text("1,320")
    reception.shot("day-21-thread")

    # The sessions of today end in the night, under screens that are still open.
    for person in (reception, attendant, nurse, doctor, cashier):
        person.expect_fault("status of 401")
    follow_up(server, desks)
    assert "核对通过" in server.command("verify")


def follow_up(server, desks):
    """Tomorrow's call after an extraction (R8.02, R8.03) and the reminder of the day before (R3.24), each in two clicks."""
    server.advance(minutes=24 * 60)
    [caller] = desks("caller")
    page = caller.open("/workbench")
    caller.shot("day-22-workbench")
    call = page.locator("article.task", has_text=NAME).filter(has_text="术后次日回访")
    call.get_by_role("link", name=re.compile("去打|完整话术")).first.click()
    expect(page.locator(".script .say").first).to_contain_text(re.compile(f"{NAME[0]}|诸葛"))
    caller.shot("day-23-call")
    page.get_by_role("button", name=re.compile("感觉良好")).click()
    toast(page, "已记录：感觉良好")

    caller.expect_fault("status of 401")
    server.advance(minutes=5 * 24 * 60)
    [caller] = desks("caller")
    page = caller.open("/workbench")
    caller.shot("day-24-reminders")
    call = page.locator("article.task", has_text=NAME).filter(has_text="预约提醒")
    call.get_by_role("link", name=re.compile("去打|完整话术")).first.click()
    page.get_by_role("button", name=re.compile("确认会来")).click()
    toast(page, "已记录：确认会来")
    board = caller.open(f"/appointments?day={RETURN_DAY}")
    expect(card(board, NAME)).to_have_attribute("data-state", "confirmed")


def option(page, field, text):
    """The whole label of the choice that contains a text."""
    return page.locator(f"{field} option", has_text=text).first.inner_text()
