"""Every page every role can reach: valid, without barriers, not too wide, Chinese, and quiet in the console."""
import re

import pytest

from checks import axe_faults
from desk import PEOPLE
from person import id_text
from server import ROOT, run

TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
# Not a page of its own, or no page at all.
NOT_PAGES = {"/healthz", "/readyz", "/live", "/sign-in", "/setup", "/password", "/gallery", "/appointments/check"}
# Asked for with something in the address, or only while the epidemic switch is on; journeys of their own look at them.
ASKED_FOR = {"/book/times", "/deferrals/new", "/waiting/fits", "/epidemic", "/epidemic/fill", "/epidemic/morning",
             "/appointments/handed/new", "/disinfection", "/door-check", "/lobby/check-ins/new", "/reception/arrivals/advice",
             "/self-registrations/code", "/waiting-room/needs/new"}
# What stays Latin on a Chinese page: file formats, keys, codes and brands.
LATIN = {"Enter", "DEMO", "CBCT", "Chrome", "HeadlessChrome", "Linux", "Windows", "Language"}
# The English notice that customers read, among the settings.
NOTICE = re.search(r'public\.notice_en,.*?value: "([^"]*)"', (ROOT / "Playbook/settings.yaml").read_text()).group(1)
# What differs between two people who see the same: the token of the form, the time of drawing, the key of a payment.
PERSONAL = re.compile(r'name="(csrf|key|command)" value="[^"]*"|data-at="[^"]*"|\b\d\d:\d\d(:\d\d)?\b')
# Parts of pages as they were seen: full checks are made once for each.
seen = set()
VISIBLE = """() => {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, template, kbd, code, noscript, [lang=en]')) continue;
    if (parent.checkVisibility && !parent.checkVisibility()) continue;
    words.push(walker.currentNode.data);
  }
  for (const element of document.querySelectorAll('[placeholder], [title], [aria-label], [alt]'))
    for (const name of ['placeholder', 'title', 'aria-label', 'alt']) words.push(element.getAttribute(name) ?? '');
  return words.join('\\n');
}"""


def english(page, names=()):
    """Latin words of four letters and more that are no key, code, brand or name of an account."""
    words = re.findall(r"(?<![\w/.@-])[A-Za-z]{4,}(?![\w/@-])", page.evaluate(VISIBLE))
    return sorted({word for word in words if word not in LATIN and word not in names})


def pages_without_parameters():
    lines = [line.split() for line in run("routes").splitlines()]
    return sorted(path for method, path, *_ in lines if method == "GET" and ":" not in path and path not in NOT_PAGES | ASKED_FOR)


def content(html):
    """What stands between rail and end of the page, without what is personal; None for a part of a page."""
    found = re.search(r"<main.*</main>|<body.*</body>", html, re.DOTALL)
    return PERSONAL.sub("", found.group(0)) if found else None


def faults_of(desk, path, names):
    """Whether the person may open it, and what is wrong with it. What another role sees just so is not looked at again."""
    answer = desk.context.request.get(path)
    if answer.status == 403:
        return False, []
    if answer.status != 200:
        return True, [f"{path} answered {answer.status}"]
    html = answer.text()
    part = content(html)
    if part is None or part in seen:
        return True, []
    seen.add(part)
    page = desk.open(path)
    found = axe_faults(page) + desk.checker.faults(html)
    if page.evaluate(TOO_WIDE):
        found.append(f"scrolls sideways at {page.viewport_size['width']}")
    found += [f"English: {word}" for word in english(page, names)]
    return True, [f"{path}: {fault}" for fault in found]


def samples(server):
    """Addresses of things, for the pages that show one."""
    def one(statement):
        found = server.rows(statement)
        return id_text(int(found[0][0])) if found else None

    today = server.rows("SELECT MAX(business_day) FROM visit")[0][0]
    ids = {
        "/patients/{}": one("SELECT patient_id FROM visit ORDER BY id DESC LIMIT 1"),
        "/patients/{}/edit": one("SELECT patient_id FROM visit ORDER BY id DESC LIMIT 1"),
        "/appointments/{}": one(f"SELECT id FROM appointment WHERE day > '{today}' ORDER BY id LIMIT 1"),
        "/appointments/{}/card": one(f"SELECT id FROM appointment WHERE day > '{today}' ORDER BY id LIMIT 1"),
        "/appointments/new?patient={}": one("SELECT patient_id FROM visit ORDER BY id DESC LIMIT 1"),
        "/reception/arrivals/new?patient={}": one("SELECT id FROM patient ORDER BY id LIMIT 1"),
        "/reception/arrivals/new?appointment={}": one(
            f"SELECT a.id FROM appointment a WHERE a.day = '{today}' AND a.cancelled_at IS NULL AND NOT EXISTS "
            f"(SELECT 1 FROM visit v WHERE v.appointment_id = a.id) ORDER BY a.start_unit DESC LIMIT 1"),
        "/visits/{}": one("SELECT id FROM visit WHERE left_at IS NULL ORDER BY id DESC LIMIT 1"),
        "/visits/{}/charges": one("SELECT id FROM visit WHERE left_at IS NULL ORDER BY id DESC LIMIT 1"),
        "/checkout/{}": one("SELECT s.id FROM charge_sheet s WHERE s.notice_at IS NOT NULL AND NOT EXISTS "
                            "(SELECT 1 FROM receipt r WHERE r.sheet_id = s.id) ORDER BY s.id DESC LIMIT 1"),
        "/receipts/{}": one("SELECT id FROM receipt ORDER BY id DESC LIMIT 1"),
        "/receipts/{}/paper/80mm": one("SELECT id FROM receipt ORDER BY id DESC LIMIT 1"),
        "/receipts/{}/paper/a5": one("SELECT id FROM receipt ORDER BY id DESC LIMIT 1"),
        "/tasks/{}": one("SELECT id FROM task WHERE done_at IS NULL AND withdrawn_at IS NULL AND owner_role = 'caller' ORDER BY id LIMIT 1"),
        "/roster/{}": one("SELECT id FROM staff WHERE is_doctor = 1 ORDER BY id LIMIT 1"),
        "/staff/{}": one("SELECT id FROM staff ORDER BY id LIMIT 1"),
    }
    assert None not in ids.values(), f"the demo has nothing for {[path for path, id in ids.items() if id is None]}"
    return [path.format(id) for path, id in ids.items()]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_of_a_role(desk, server, role):
    """R16.20: all pages a role reaches: axe finds nothing serious, the HTML is valid, nothing scrolls sideways, all is Chinese."""
    desk.sign_in(role)
    names = {word for row in server.rows("SELECT login_name FROM staff UNION SELECT pinyin FROM patient")
             for word in row[0].split()} | set(re.findall(r"\w+", NOTICE))
    opened, found = 0, []
    for path in [*pages_without_parameters(), *samples(server)]:
        may, faults = faults_of(desk, path, names)
        opened += may
        found += faults
    assert opened >= 4, f"only {opened} pages"
    assert found == [], "\n" + "\n".join(found)


def test_reception_fits_a_tablet(new_desk, server):
    """Issue: reception also at 1024×768 with touch: nothing scrolls sideways, targets are at least 40 px high."""
    desk = new_desk(server.url, "tablet").sign_in("attendant")
    page = desk.open("/reception")
    assert not page.evaluate(TOO_WIDE)
    small = page.locator("main .btn:visible").evaluate_all(
        "all => all.map(b => [b.textContent.trim(), b.getBoundingClientRect().height]).filter(([, h]) => h < 40)")
    assert small == []
    desk.shot("reception-tablet")


def test_sign_in_page_is_usable(desk):
    """R16.20: the first page anybody sees."""
    for path in ("/sign-in",):
        desk.open(path)
        desk.check()
        assert english(desk.page) == []
    desk.shot("sign-in")
