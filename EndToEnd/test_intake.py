"""The first-visit inquiry from the first question to the signature, and what the next colleague sees of it."""
from playwright.sync_api import expect

from steps import register, toast, wait_for_page


def draw(page, pad):
    """Signs with the mouse."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 70)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + step * 22, box["y"] + 70 + (25 if step % 2 else -25))
    page.mouse.up()


def test_inquiry_is_filled_checked_signed_and_warns(desks):
    """R1.03, R1.05, R1.06, R1.07, R1.08: a special answer is highlighted, reaches the file, and the form is complete only when
    it is signed and every field is checked; an answer changed later makes the signature void."""
    guide, reception = desks("guide", "reception")
    customer = register(guide, "卫知秋", "138 1234 6677")
    page = guide.page
    page.get_by_role("button", name="填初诊询问表").click()
    wait_for_page(page, r"/intake/[0-9A-Z]{13}$")
    form = page.url
    row = page.locator(".intake-row", has=page.locator("#q-history\\.diabetes"))
    row.get_by_text("有", exact=True).click()
    row.get_by_label("糖尿病的说明").fill("空腹 7.2")
    page.get_by_label("面对面引导填写").check()
    page.get_by_role("button", name="其余都没有").click()
    toast(page, "其余都记为没有")
    expect(page.locator(".intake-row.hl")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="请客人在签名栏签名")).to_be_visible()
    guide.shot("intake-inquiry")
    guide.check()

    draw(page, page.locator(".sign-pad"))
    page.get_by_role("button", name="签名", exact=True).click()
    toast(page, "已签名")
    expect(page.locator(".chip", has_text="待查核")).to_be_visible()

    listed = reception.open("/intake")
    reception.check()
    listed.get_by_role("link", name="卫知秋").click()
    wait_for_page(listed, r"/intake/[0-9A-Z]{13}$")
    listed.get_by_role("button", name="全部查核").click()
    toast(listed, "已查核")
    expect(listed.locator(".intake-head .chip", has_text="完成")).to_be_visible()
    listed.goto(customer)
    expect(listed.locator(".person-head .chip[data-tone=danger]", has_text="糖尿病：空腹 7.2")).to_be_visible()

    listed.goto(f"{form}/print")
    expect(listed.locator("tr.hl", has_text="糖尿病")).to_have_count(1)
    expect(listed.locator(".sign-print path")).to_have_count(1)
    reception.shot("intake-print")

    page.goto(form)
    page.locator(".intake-row", has=page.locator("#q-history\\.asthma")).get_by_text("有", exact=True).click()
    page.get_by_role("button", name="保存 Ctrl Enter").click()
    expect(page.locator(".chip", has_text="签名已失效")).to_be_visible()
