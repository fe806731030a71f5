"""The instruments themselves: a checker that finds nothing would make every journey green."""
import pytest

GOOD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>门牙</title></head>
<body><main><h1>今日预约</h1><p>共三人</p></main></body></html>"""
BAD = GOOD.replace("<p>共三人</p>", '<p><img src="/logo.svg"><div>共三人</p>')


def test_html_checker_accepts_a_good_page_and_names_a_fault(html_checker):
    assert html_checker.faults(GOOD) == []
    assert any("img" in fault for fault in html_checker.faults(BAD))


def test_axe_finds_a_picture_without_words(new_desk):
    from checks import axe_faults

    desk = new_desk("http://127.0.0.1")
    desk.page.set_content(GOOD)
    assert axe_faults(desk.page) == []
    desk.page.set_content(GOOD.replace("共三人", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))
    assert any("image-alt" in fault for fault in axe_faults(desk.page))


def test_browser_lives_in_shanghai_and_reads_chinese(new_desk):
    page = new_desk("http://127.0.0.1").page
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    assert page.evaluate("navigator.language") == "zh-CN"
    page.set_content('<p style="font: 40px sans-serif"><span id=a>门</span><span id=b>牙</span></p>')
    width = "document.getElementById('a').getBoundingClientRect().width"
    assert page.evaluate(width) == pytest.approx(40, abs=1), "no Chinese font: a box of another width is drawn"


def test_desk_notices_a_script_error(new_desk):
    desk = new_desk("http://127.0.0.1")
    desk.expect_fault("planted")
    desk.page.set_content("<script>setTimeout(() => { throw new Error('planted') })</script>")
    desk.page.wait_for_timeout(200)
    assert any("planted" in fault for fault in desk.faults)
    assert desk.unexpected_faults() == []
