"""Fixtures of the journeys. A test asks for `desk` (one person) or `desks` (several), on SQLite unless it is marked
`@pytest.mark.engines("sqlite", "postgres")`; each test module has a fresh demo clinic of its own per engine."""
import os
import pathlib
import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from checks import HTMLChecker
from desk import VIEWPORTS, Desk
from server import PROGRAM, Clinics

HERE = pathlib.Path(__file__).resolve().parent
SHOTS = HERE / "shots"


def pytest_configure(config):
    config.addinivalue_line("markers", "engines(*names): the databases a journey runs on: sqlite, postgres")


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("engines")
        metafunc.parametrize("engine", mark.args if mark else ("sqlite",), scope="module")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    assert path, "Debian's chromium is not installed"
    with sync_playwright() as playwright:
        # As root Chromium refuses to run in its sandbox; as anybody else it keeps it.
        arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def html_checker():
    checker = HTMLChecker()
    yield checker
    checker.stop()


@pytest.fixture(scope="session")
def clinics(tmp_path_factory):
    assert PROGRAM.exists(), f"{PROGRAM} is not built"
    made = Clinics(tmp_path_factory.mktemp("clinics"))
    yield made
    made.drop()


@pytest.fixture(scope="module")
def server(clinics, engine):
    """A running server with a fresh demo clinic for this module."""
    running = clinics.fresh(engine).start()
    yield running
    running.stop()


@pytest.fixture
def new_desk(request, chromium, html_checker):
    """`new_desk(url, "tablet")` is one more person with a browser of his own. Closing, it fails the test for whatever the
    browser complained about; a failed test leaves a picture of each open page in EndToEnd/shots/."""
    desks = []

    def make(url, viewport="desk"):
        width, height = VIEWPORTS[viewport]
        context = chromium.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai",
                                       viewport={"width": width, "height": height}, has_touch=viewport != "desk")
        context.set_default_timeout(10_000)
        desks.append(Desk(context, html_checker))
        return desks[-1]

    yield make
    failed = getattr(request.node, "report_call", None) is None or request.node.report_call.failed
    faults = [fault for desk in desks for fault in desk.unexpected_faults()]
    if failed or faults:
        SHOTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        for number, page in enumerate(page for desk in desks for page in desk.context.pages):
            page.screenshot(path=SHOTS / f"{name}-{number}.png")
    for desk in desks:
        desk.context.close()
    assert faults == [] or failed, faults


@pytest.fixture
def desk(new_desk, server):
    """One person at the server's first page, not signed in."""
    return new_desk(server.url)


@pytest.fixture
def desks(new_desk, server):
    """`desks("front", "cashier")` signs several people in at once and returns them in that order."""
    return lambda *names, viewport="desk": [new_desk(server.url, viewport).sign_in(name) for name in names]
