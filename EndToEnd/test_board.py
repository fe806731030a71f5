"""The day board by mouse, by finger and by keyboard alone: bookings moved across chairs and days, and made from a free cell."""
from playwright.sync_api import expect

from steps import book, card, day_after, free_cell, register, toast, wait_for_page

# Days of their own, so that no journey sees the bookings of another. Weekdays on which the doctors below work.
ACROSS, CARRY, CARRIED, WALK, SEEN = (day_after(days) for days in (77, 84, 85, 91, 98))


def open_board(desk, path):
    """The board with its behaviours attached."""
    page = desk.open(path)
    page.locator(".board-live[data-ready]").wait_for()
    return page


def pull(page, source, x, y):
    """Drags a card so that its upper edge comes to lie at a height, in the column under x."""
    source.scroll_into_view_if_needed()
    box = source.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 8, box["y"] + 12, steps=3)
    page.mouse.move(x, y + 6, steps=8)


def give_reason(page, reason):
    dialog = page.locator("#move-dialog")
    expect(dialog.get_by_label("改约原因")).to_be_focused()
    dialog.get_by_label("改约原因").select_option(label=reason)
    dialog.get_by_role("button", name="改约").press("Enter")
    toast(page, "已改约到")


def test_drag_across_chairs_and_days(desk):
    """R3.31, R3.12: on the board of chairs a booking gets its chair; on the board of a week it goes to another day."""
    desk.sign_in("reception")
    register(desk, "陆无双", "13900020001")
    page = book(desk, ACROSS, "陈思敏", "09:00", "陆无双", "陆无双", units="2")
    chosen = page.url.split("pick=")[1]

    page = open_board(desk, f"/appointments?day={ACROSS}&by=chair")
    columns = page.locator(".col[data-drop]")
    assert columns.count() > 1, "a board of chairs has a column for each"
    # A chair that nobody has at that time: the demo has no other bookings on this day.
    target = columns.nth(1).bounding_box()
    unknown = page.locator(".col[data-column='']")
    expect(unknown).to_contain_text("陆无双")
    pull(page, card(page, "陆无双"), target["x"] + target["width"] / 2, card(page, "陆无双").bounding_box()["y"])
    expect(page.locator(".ghost")).to_contain_text("放得下")
    desk.shot("board-drag-chair")
    page.mouse.up()
    give_reason(page, "前台登记错误")
    page = open_board(desk, f"/appointments?day={ACROSS}&by=chair")
    expect(unknown).to_have_count(0)

    doctor = page.locator(f"#a-{chosen}").get_attribute("data-doctor")
    page = open_board(desk, f"/appointments/week?day={ACROSS}&doctor={doctor}")
    booked = page.locator(f"#a-{chosen}")
    next_day = page.locator(".col", has=booked).locator("xpath=following-sibling::div[contains(@class, 'col')][1]").bounding_box()
    pull(page, booked, next_day["x"] + next_day["width"] / 2, booked.bounding_box()["y"])
    expect(page.locator(".ghost")).to_contain_text("放得下")
    desk.shot("board-drag-week")
    page.mouse.up()
    give_reason(page, "客人时间有变")
    assert f"day={day_after(78)}" in page.url
    expect(card(page, "陆无双")).to_have_attribute("data-unit", "36")


def test_keyboard_carries_a_booking_to_another_day(desk):
    """R3.31: H puts it into the tray, it keeps its place; P takes it up two days later, Enter drops it."""
    desk.sign_in("reception")
    register(desk, "程灵素", "13900020002")
    page = book(desk, CARRY, "郑子昂", "09:00", "程灵素", "程灵素", units="2")
    page.locator(".board-live[data-ready]").wait_for()
    expect(card(page, "程灵素")).to_be_focused()
    page.keyboard.press("h")
    toast(page, "已放进待定")
    expect(card(page, "程灵素")).to_have_count(1)
    # Another page does not empty the tray.
    desk.open("/patients")
    page = open_board(desk, f"/appointments?day={CARRIED}")
    page.keyboard.press("p")
    ghost = page.locator(".ghost")
    expect(ghost).to_contain_text("09:00–09:30 郑子昂")
    desk.shot("board-tray")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(ghost).to_contain_text("10:00–10:30 郑子昂 放得下")
    page.keyboard.press("Enter")
    give_reason(page, "客人时间有变")
    assert f"day={CARRIED}" in page.url
    expect(card(page, "程灵素")).to_have_attribute("data-unit", "40")
    expect(page.locator("#board-tray .count")).to_have_count(0)

    # Taken along while it is carried: M, then ] goes a day on.
    page.locator(".board-live[data-ready]").wait_for()
    page.keyboard.press("m")
    page.keyboard.press("]")
    page.wait_for_url(lambda url: f"day={day_after(86)}" in url)
    expect(page.locator(".ghost")).to_contain_text("10:00–10:30")
    page.keyboard.press("Escape")
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator("#board-tray .count")).to_have_text("1")


def test_booking_from_a_free_cell_without_a_mouse(desk):
    """R3.06: arrows go over free and taken cells, Enter on a free one books there; ] keeps the place on the next day."""
    desk.sign_in("reception")
    register(desk, "苗若兰", "13900020003")
    page = open_board(desk, f"/appointments?day={WALK}")
    page.keyboard.press("ArrowDown")
    first = page.locator(".board-body :focus")
    doctor, clock = first.get_attribute("aria-label").split()[:2]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    here = page.locator(".board-body :focus")
    assert here.get_attribute("aria-label") != first, (doctor, clock)
    assert page.locator(".board-body [tabindex='0']").count() == 1, "Tab stops at one cell only"
    place = here.get_attribute("id")
    page.keyboard.press("]")
    page.wait_for_url(lambda url: f"day={day_after(92)}" in url)
    page.locator(".board-live[data-ready]").wait_for()
    expect(page.locator(".board-body :focus")).to_have_id(place)
    page.keyboard.press("PageUp")
    page.wait_for_url(lambda url: f"day={WALK}" in url)
    page.locator(".board-live[data-ready]").wait_for()
    expect(page.locator(".board-body :focus")).to_have_id(place)
    page.keyboard.press("Enter")
    wait_for_page(page, r"/appointments/new\?")
    assert f"day={WALK}" in page.url and f"unit={place.split('-')[-1]}" in page.url
    desk.shot("board-keyboard-booking")


def test_the_board_is_usable_on_a_tablet(desks):
    """No scroll beside an empty side at 1024 × 768, and a finger that rests on a booking lifts it."""
    (desk,) = desks("reception", viewport="tablet")
    page = open_board(desk, "/appointments")
    grid = page.locator("#board-grid")
    assert grid.evaluate("grid => grid.scrollWidth <= grid.clientWidth"), "the columns fit beside nothing"
    expect(page.locator(".side")).to_be_hidden()
    page.locator("a.appt").first.tap()
    expect(page.locator(".side")).to_be_visible()
    desk.shot("board-tablet")
    page.locator("[data-side-close]").tap()
    expect(page.locator(".side")).to_be_hidden()
    desk.check()


def test_a_change_elsewhere_replaces_only_its_column(desks):
    """Two screens of one day: what one books appears on the other, whose cell keeps the focus and whose columns stay as they are."""
    watcher, booker = desks("reception", "reception")
    page = open_board(watcher, f"/appointments?day={SEEN}")
    register(booker, "杨铁心", "13900020009")
    place = free_cell(page, "陈思敏", "15:00")
    place.focus()
    cell = place.get_attribute("id")
    page.evaluate("document.querySelectorAll('.col').forEach((column) => { column.dataset.seen = '1' })")
    with page.expect_response(lambda answer: "/appointments/board" in answer.url and "x-menya-parts" in answer.headers):
        book(booker, SEEN, "林书远", "10:00", "杨铁心", "杨铁心", units="2")
    expect(card(page, "杨铁心")).to_be_visible()
    untouched = page.locator(".col[data-seen]")
    assert untouched.count() == page.locator(".col").count() - 1, "only the column of the doctor was fetched again"
    assert page.evaluate("document.activeElement.id") == cell
    expect(card(page, "杨铁心").locator(".handle")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") != cell
