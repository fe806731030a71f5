"""The epidemic mode on and off, and the waiting list after a cancellation."""
import re

from playwright.sync_api import expect

from steps import book, card, choose_customer, day_after, free_cell, register, toast, wait_for_page

# Days of their own; weekdays on which the doctor works.
REFUSED, FREED = (day_after(days) for days in (84, 91))


def switch(desk, mode, until=""):
    page = desk.open("/settings/epidemic")
    page.get_by_label("打开" if mode == "on" else "关上", exact=True).check()
    page.get_by_label("最后一天").fill(until)
    page.get_by_label("原因").fill("上级通知")
    page.get_by_role("button", name="保存，马上生效").click()
    page.wait_for_load_state()
    return page


def test_the_mode_on_and_off(desks):
    """R3.42, R3.43, R3.44, R3.46: suspended items turn into deferrals; off, nothing of it shows and the list is worked off."""
    director, reception = desks("director", "reception")
    register(reception, "木婉清", "13900030001")
    page = reception.open("/appointments")
    expect(page.locator("body")).not_to_contain_text("防疫")

    page = director.open("/settings")
    director.shot("epidemic-settings")
    page = switch(director, "on")
    expect(page.get_by_role("heading", name="不能做")).to_be_visible()
    expect(page.locator("section", has=page.locator("#cannot"))).to_contain_text("超声洁牙")
    director.shot("epidemic-overview")
    director.check()

    page = reception.open(f"/appointments?day={REFUSED}")
    expect(page.locator(".banner", has_text="防疫模式")).to_be_visible()
    free_cell(page, "陈思敏", "09:00").click()
    choose_customer(page, "木婉清", "木婉清")
    page.get_by_label("主诉").fill("洗牙")
    item = page.get_by_label("项目 1", exact=True)
    if not item.is_visible():
        page.locator("summary", has_text="项目").first.click()
    item.select_option(label=item.locator("option", has_text="超声洁牙 ").first.inner_text())
    page.get_by_role("button", name="预约 Enter").click()
    expect(page.get_by_role("alert")).to_contain_text("暂停超声洁牙")
    reception.shot("epidemic-refused")
    reception.check()
    page.get_by_role("button", name="登记延期").click()
    wait_for_page(page, "/deferrals$")
    row = page.locator("tr", has_text="木婉清")
    expect(row).to_contain_text("还暂停")
    reception.shot("epidemic-deferrals")
    reception.check()

    switch(director, "off")
    page = reception.open("/deferrals")
    expect(page.locator("tr", has_text="木婉清")).to_contain_text("可以做了")
    expect(page.locator(".banner", has_text="防疫模式")).to_have_count(0)
    page = reception.open("/appointments")
    expect(page.locator("body")).not_to_contain_text("防疫")


def test_a_cancelled_unit_goes_to_whoever_waits(desk):
    """R3.36: the page of the cancelled booking says who fits; one press books the waiting customer into the unit."""
    desk.sign_in("reception")
    register(desk, "钟灵", "13900030002")
    waiting = register(desk, "阿碧", "13900030003").rsplit("/", 1)[1]
    page = book(desk, FREED, "陈思敏", "10:00", "钟灵", "钟灵", units="3")
    given = re.search(r"pick=(\w+)", page.url).group(1)

    page = desk.open(f"/waiting/new?patient={waiting}")
    page.get_by_label("主诉").fill("想早点补牙")
    page.get_by_label("时长").select_option("2")
    desk.shot("waiting-new")
    desk.check()
    page.get_by_role("button", name="放进候补").click()
    toast(page, "已放进候补")
    expect(page.locator("tr", has_text="阿碧")).to_be_visible()
    desk.shot("waiting")
    desk.check()

    page = desk.open(f"/appointments/{given}")
    form = page.locator("#cancel")
    form.get_by_label("原因").select_option(label="客人临时有事")
    form.get_by_role("button", name="取消这条预约").click()
    fits = page.locator("section", has=page.locator("#fits"))
    expect(fits).to_contain_text("阿碧")
    desk.shot("waiting-fits")
    desk.check()
    fits.get_by_role("button", name="约上").click()
    wait_for_page(page, r"/appointments\?day=.*pick=")
    expect(card(page, "阿碧")).to_have_attribute("data-unit", "40")
