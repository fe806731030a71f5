"""A note goes into the room and its answer comes back to the desk, without a knock and without a reload (R4.17)."""
import re

import pytest
from playwright.sync_api import expect

from steps import toast, wait_for_page

DOCTOR_LOGIN = "linshuyuan"


@pytest.mark.engines("sqlite")
def test_note_to_a_busy_doctor(server, desks):
    guide, doctor = desks("guide", DOCTOR_LOGIN)
    desk = guide.open("/reception")
    name = desk.locator("[data-ticket] a.lg").first.inner_text()
    desk.locator("[data-ticket]").first.locator("a.lg").click()
    page = wait_for_page(guide.page, r"/visits/")
    page.get_by_role("link", name="给医生写纸条").click()
    wait_for_page(page, "/reception/notes")
    page.get_by_label("写给哪位医生").select_option(label="林书远")
    page.get_by_label("写给医生的话").fill("客人想问今天能不能加看一颗牙")

    # The doctor's screen is open before the note is sent and shows it by itself.
    room = doctor.open("/treatment")
    page.get_by_role("button", name="送到诊室").click()
    toast(page, "纸条已送到诊室")
    note = room.locator(".room-note", has_text="加看一颗牙")
    expect(note).to_contain_text(name)
    doctor.shot("handover-01-note")

    note.get_by_role("button", name="等 15 分").click()
    toast(room, "已答复：等 15 分钟")
    row = page.locator(".note-strip li", has_text="加看一颗牙")
    expect(row.locator(".chip")).to_have_text("等 15 分钟")
    guide.shot("handover-02-answer")
    row.get_by_role("button", name="已转告客人").click()
    toast(page, "告诉客人大约等 15 分钟")
    expect(page.locator(".note-strip li", has_text="加看一颗牙")).to_have_count(0)

    # Words between places: the till sees the desk's message without a reload, and says that it was read (R4.32).
    page = guide.open("/messages")
    page.get_by_role("button", name="前台", exact=True).click()
    toast(page, "您现在在前台")
    till = doctor.open("/messages")
    till.get_by_role("button", name="收银", exact=True).click()
    toast(till, "您现在在收银")
    page.get_by_role("checkbox", name="收银").check()
    page.get_by_role("button", name="客人到前台来了，请接一下").click()
    toast(page, "已发出")
    expect(till.locator(".bar-mail .count")).to_contain_text("1")
    till.get_by_role("button", name="都看到了").click()
    toast(till, "1 条标为已读")
    expect(page.locator(".mail").first).to_contain_text(re.compile("收银 .* 已读"))
    guide.shot("handover-03-messages")
