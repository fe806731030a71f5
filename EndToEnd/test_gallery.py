"""Every page and part of the program with its sample values, as the gallery lists them: valid, usable, nothing too wide."""
# Not to be seen alone: the options of a list, which a script puts into a <datalist>.
INSIDE_OTHERS = "/gallery/patients.options/"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def faults_of(desk, path):
    page = desk.open(path)
    found = desk.problems()
    if page.evaluate(TOO_WIDE):
        found.append("the page scrolls sideways at 1440 × 900")
    return [f"{path}: {fault}" for fault in found]


def test_every_sample_is_valid_html_without_barriers(desk):
    desk.sign_in("admin")
    page = desk.open("/gallery")
    links = page.locator("a[href^='/gallery/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) > 0, "the gallery lists no sample"
    found = [fault for path in ["/gallery", *links] if not path.startswith(INSIDE_OTHERS)
             for fault in faults_of(desk, path)]
    assert found == [], "\n" + "\n".join(found)
