"""The roster: a doctor turns to rest and every customer is re-arranged; leave asked and approved from a phone."""
import re

from playwright.sync_api import expect

from steps import column, day_after, toast, wait_for_page


def doctor_with_five(page):
    """Whose bookings are five or a little more, and how many."""
    counts = {}
    for col in page.locator(".board-body > .col[aria-label]").all():
        counts[col.get_attribute("aria-label")] = col.locator("a.appt").count()
    enough = {name: count for name, count in counts.items() if count >= 5}
    assert enough, f"nobody has five bookings: {counts}"
    name = min(enough, key=enough.get)
    return name, enough[name]


def test_a_doctor_turns_to_rest_and_his_customers_are_rearranged(desk):
    """R3.34, R2.24: each booking is red until it went to another doctor, to another time, or was cancelled."""
    desk.sign_in("supervisor")
    day = day_after(1)
    page = desk.open(f"/appointments?day={day}")
    doctor, booked = doctor_with_five(page)

    page = desk.open(f"/roster?week={day}")
    desk.shot("roster-week")
    desk.check()
    page.get_by_role("row", name=re.compile(f"^{doctor}")).get_by_role("link", name="改排班").click()
    wait_for_page(page, r"/roster/[0-9A-Z]{13}")
    desk.check()
    change = page.get_by_role("form", name="某一天的调整")
    change.get_by_label("日期").fill(day)
    change.get_by_label("原因").fill("学术会议")
    change.get_by_role("button", name="调整这一天").click()
    wait_for_page(page, r"/roster/rearrange$")
    red = page.locator("li.rearrange")
    expect(red).to_have_count(booked)
    desk.shot("roster-rearrange")
    desk.check()

    customers = [red.nth(index).locator("a.strong").inner_text() for index in range(booked)]
    colleagues = set()
    for index, name in enumerate(customers):
        row = page.locator("li.rearrange", has=page.get_by_role("link", name=name, exact=True)).first
        hand_over = row.get_by_role("button", name=re.compile("^换给"))
        if index == 1:
            row.get_by_role("button", name="改时间").click()
            toast(page, "已改时间")
        elif index == 2 or hand_over.count() == 0:
            row.get_by_role("button", name="取消预约").click()
            toast(page, "已取消")
        else:
            colleagues.add(hand_over.inner_text())
            hand_over.click()
            toast(page, "已换医生")
        expect(red).to_have_count(booked - index - 1)
    assert colleagues, "nobody took over"
    expect(page.get_by_text("没有要重新安排的预约")).to_be_visible()

    page = desk.open(f"/appointments?day={day}")
    expect(column(page, doctor).locator("a.appt")).to_have_count(0)


def test_leave_is_asked_and_approved_on_a_phone(desks):
    """R13.02: asked on the own phone, approved by the supervisor with what it means; the roster shows it."""
    doctor, supervisor = desks("wuchengzhi", "supervisor", viewport="phone")
    day = day_after(18)  # a Monday
    page = doctor.open("/roster/requests")
    doctor.shot("roster-request-phone")
    doctor.check()
    page.get_by_label("从哪一天").fill(day)
    page.locator("#q-reason").select_option(label="外出学习")
    page.get_by_label("补充一句").fill("种植学会年会")
    page.get_by_role("button", name="提交").click()
    toast(page, "等主管批准")
    expect(page.locator(".roster-request")).to_contain_text("待批")

    page = supervisor.open("/roster/requests")
    entry = page.locator(".roster-request", has_text="种植学会年会")
    expect(entry).to_contain_text("批准后：吴承志")
    supervisor.shot("roster-decide-phone")
    entry.get_by_role("button", name="不批准").click()
    expect(page.get_by_role("alert")).to_contain_text("不批准请写一句原因")
    page.locator(".roster-request", has_text="种植学会年会").get_by_role("button", name="批准", exact=True).click()
    toast(page, "已批准")

    page = doctor.open("/roster/requests")
    expect(page.locator(".roster-request")).to_contain_text("已批准")
    page = supervisor.open(f"/roster?week={day}")
    cells = page.get_by_role("row", name=re.compile("^吴承志")).locator("td")
    expect(cells.first).to_contain_text("休")
    expect(cells.first).to_contain_text("请假 外出学习")
