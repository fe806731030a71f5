"""Luggage from the tag to the signature, a cleaning request, and what is left before the day is closed."""
from playwright.sync_api import expect

from steps import toast, wait_for_page


def draw(page, pad):
    """Signs with the mouse."""
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 90)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + step * 22, box["y"] + 90 + (30 if step % 2 else -30))
    page.mouse.up()


def test_luggage_goes_back_against_a_signature(desks):
    """R4.24, R4.29, R11.40: what is kept stands on the list before closing until it is signed for; the rest is carried over."""
    reception, supervisor = desks("reception", "supervisor")
    page = reception.open("/operations")
    reception.check()
    page.get_by_role("link", name="登记 行李寄存").click()
    page.get_by_label("牌号").fill("88")
    page.get_by_label("物主").fill("穿红衣的女士")
    page.get_by_label("物品").fill("红色手提箱")
    page.get_by_label("放在哪里").select_option(label="行李间")
    reception.shot("register-luggage")
    reception.check()
    page.get_by_role("button", name="登记", exact=True).click()
    wait_for_page(page, "/register-entries/")
    entry = page.url

    page = reception.open("/registers/cleaning/new")
    page.get_by_label("地点").select_option(label="候诊区")
    page.get_by_label("地面有水或污渍").check()
    page.get_by_role("button", name="登记", exact=True).click()
    wait_for_page(page, "/register-entries/")

    left = supervisor.open("/day-close")
    expect(left.locator(".blocker", has_text="红色手提箱")).to_have_count(1)
    cleaning = left.locator(".blocker", has_text="候诊区 · 地面有水或污渍").last
    cleaning.locator("summary").click()
    cleaning.get_by_label("谁接着办").select_option(index=1)
    cleaning.get_by_label("为什么今天办不完").fill("保洁已下班，明早先做")
    supervisor.shot("day-close")
    supervisor.check()
    cleaning.get_by_role("button", name="结转").click()
    toast(left, "已结转")
    expect(left.locator(".blocker", has_text="保洁已下班，明早先做")).to_have_count(1)

    page = reception.open(entry.removeprefix(reception.page.url.split("/register")[0]))
    page.get_by_label("领取人").fill("王女士")
    page.get_by_role("button", name="归还").click()
    expect(page.locator(".error", has_text="请领取签字")).to_be_visible()
    page.get_by_label("领取人").fill("王女士")
    draw(page, page.locator(".sign-pad"))
    page.get_by_role("button", name="归还").click()
    expect(page.locator(".chip", has_text="已归还")).to_be_visible()
    expect(page.locator(".sign-drawn path")).to_have_count(1)
    reception.shot("register-returned")
    reception.check()
    # The open list of the supervisor has learnt it by itself.
    expect(left.locator(".blocker", has_text="红色手提箱")).to_have_count(0)
