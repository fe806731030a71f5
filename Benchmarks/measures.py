"""Each budget of the design as one measurement that fills its rows of the table."""
import asyncio
import html
import json
import re
import statistics
import time
import urllib.parse

import clinic as clinics
import load
import screens
from http_person import Connection, percentile
from load import ROUNDS, span

BOOKING_CLIENTS = 8
OFFERS = 300
RACERS, RACES = 50, 20
SCREENS, CHANGES = 200, 10
TELEVISIONS = 6
HELD = 1_000
# Longer than the 15 s between two heartbeats.
HOLD_SECONDS = 18


async def start(table, server):
    seconds = []
    for _ in range(5):
        seconds.append(clinics.first_page_seconds(server))
        server.stop()
    table.met("start to first page, demo clinic", "< 0.5 s", f"{span(seconds, 2)} s", statistics.median(seconds) < 0.5)


async def search(table, clinic, desk):
    paths = [clinics.search_path(query) for query in clinic.queries]
    empty, found = [], []
    for _ in range(ROUNDS):
        empty.append(load.accepted(load.run(clinic.server.port, ["/healthz"], 16)))
        found.append(load.accepted(load.run(clinic.server.port, paths, 16, desk.cookie, ["X-Menya-Part: 1"])))
    ratio = statistics.median(run.rate for run in found) / statistics.median(run.rate for run in empty)
    people = clinic.number("SELECT COUNT(*) FROM patient")
    table.met(
        f"patient search, HTML fragment, {people:,} patients, 16 clients", ">= 35 % of an empty route",
        f"{ratio:.0%}: {span([run.rate for run in found])}/s of {span([run.rate for run in empty])}/s; "
        f"p99 {span([run.p99 for run in found])} ms; {clinic.hits_each:.1f} hits an answer, none of {len(paths)} empty",
        ratio >= 0.35)


async def boards(table, clinic, desk, day):
    async def one(address):
        page = await desk.get(address)
        cards = len(re.findall(r'class="appt ', page.text))
        runs = [load.accepted(load.run(clinic.server.port, [address], 16, desk.cookie)) for _ in range(ROUNDS)]
        rate, p99 = statistics.median(run.rate for run in runs), statistics.median(run.p99 for run in runs)
        text = (f"{span([run.rate for run in runs])} pages/s; p99 {span([run.p99 for run in runs])} ms; "
                f"{cards} bookings, {len(page.body) / 1024:.0f} KB")
        return text, cards == clinics.BOARD_BOOKINGS and rate >= 400 and p99 < 60

    text, is_met = await one(clinics.board_path(day))
    table.met("day board, 20 doctors, 300 bookings, page, 16 clients", ">= 400 pages/s, p99 < 60 ms", text, is_met)
    text, _ = await one(clinics.board_path(clinic.today))
    table.shown("the demo's own today, page, 16 clients", text)


async def offers(table, clinic, desk):
    """What the booking panel asks while the caller waits: times of all doctors for two weeks, best first."""
    seconds = []
    for k in range(OFFERS):
        form = {"patient": clinic.patients[k % len(clinic.patients)], "complaint": "常规检查", "channel": "phone"}
        began = time.perf_counter()
        answer = await desk.post("/appointments/offers", form)
        seconds.append(time.perf_counter() - began)
        if answer.status != 200 or 'class="offer"' not in answer.text:
            raise RuntimeError(f"no offers: {answer.status}")
    seconds.sort()
    p50, p99 = (1000 * seconds[int(share * (len(seconds) - 1))] for share in (0.5, 0.99))
    table.met("offers, 14 days, 20 doctors, fragment", "p99 < 30 ms", f"p50 {p50:.1f} ms; p99 {p99:.1f} ms", p99 < 30)


async def booking(table, clinic, desk, work, budget, least, counts_undone=False):
    """`counts_undone`: whether the engine can tell how many transactions it rolled back; none may be."""
    before, undone = clinic.bookings(), clinic.undone() if counts_undone else 0
    runs = []
    for _ in range(ROUNDS):
        forms = clinic.next_bookings(10_000)
        lines = [("/appointments", urllib.parse.urlencode({**form, "csrf": desk.csrf})) for form in forms]
        runs.append(load.accepted(load.run(clinic.server.port, lines, BOOKING_CLIENTS, desk.cookie)))
    acknowledged, stored = sum(run.requests for run in runs), clinic.bookings() - before
    # What was under way when wrk hung up may be stored without an answer.
    if not acknowledged <= stored <= acknowledged + ROUNDS * BOOKING_CLIENTS:
        raise RuntimeError(f"{acknowledged} bookings acknowledged, {stored} stored")
    rate = statistics.median(run.rate for run in runs)
    text = (f"{span([run.rate for run in runs])}/s; p50 {span([run.p50 for run in runs], 1)}, "
            f"p99 {span([run.p99 for run in runs])} ms; {acknowledged:,} acknowledged, all stored")
    is_met = rate >= least
    if counts_undone:
        undone = clinic.undone() - undone
        text += f"; {undone} rolled back"
        is_met = is_met and undone == 0
    table.met(work, budget, text, is_met)


async def contention(table, clinic, desk, engine):
    lines = [await Connection(desk).open() for _ in range(RACERS)]
    statuses = []
    for race in range(RACES):
        slot = clinic.next_bookings(1)[0]
        forms = [{**slot, "chair": "", "patient": clinic.patients[race + number]} for number in range(RACERS)]
        answers = await asyncio.gather(*(line.ask("/appointments", form) for line, form in zip(lines, forms, strict=True)))
        statuses.append(sorted(answer.status for answer in answers))
    for line in lines:
        line.close()
    winners = [race.count(303) for race in statuses]
    others = {status for race in statuses for status in race} - {303}
    table.met(
        f"{RACERS} clients book the same time at once, {engine}", "exactly one winner",
        f"one winner in {winners.count(1)} of {RACES} races; to the others {', '.join(map(str, sorted(others)))}",
        winners == [1] * RACES and others == {409})


async def live(table, clinic, desk, people, day):
    """200 screens of a board; one person books, and every screen has to show it."""
    spread = screens.jitter_seconds()
    bookings = clinics.BOARD_BOOKINGS
    for work, shown in ((f"today, the day board on {SCREENS} screens", clinic.today), (f"a day of {bookings} bookings", day)):
        figures, without = {}, 0
        for jitter in (spread, 0.0):
            opened = await screens.open_screens(people, SCREENS, clinics.board_part_path(shown), jitter)
            seconds, misses = await _changes(clinic, desk, opened, shown)
            figures[jitter] = percentile(seconds, 0.95) * 1000
            without += misses
            size = len(opened[0].body) / 1024
            if shown == clinic.today and jitter == spread:
                memory = clinics.resident_megabytes(clinic.server)
                table.met(f"resident memory, {SCREENS} screens, demo clinic", "< 120 MB", f"{memory:.0f} MB", memory < 120)
            for screen in opened:
                screen.close()
            await asyncio.sleep(0.5)
        table.met(
            f"live: a booking on {work}", "p95 < 150 ms with the fragment",
            f"p95 {figures[spread]:.0f} ms with the screens' own spread of 0–{spread * 1000:.0f} ms; {figures[0.0]:.0f} ms "
            f"when all ask at once; {CHANGES} changes, {size:.0f} KB a fragment, {without} screens without the booking",
            figures[spread] < 150 and not without)


async def reception(table, clinic, desk, head, people):
    """Reception boards and televisions of the hall, 200 together; one person calls a number, and every one has to show it."""
    made = await head.post("/settings/devices", {"name": "bench"})
    address = re.search(r"(/hall/[\w-]{24})", made.text)
    if made.status != 200 or not address:
        raise RuntimeError(f"a new screen was answered with {made.status}")
    await _fill_queue(clinic, desk)
    spread = screens.jitter_seconds()
    figures, without = {}, 0
    for jitter in (spread, 0.0):
        desks, televisions = await screens.open_desks_and_televisions(
            people, SCREENS - TELEVISIONS, address.group(1), TELEVISIONS, jitter)
        seconds, misses = await _calls(desk, desks, televisions)
        figures[jitter] = percentile(seconds, 0.95) * 1000
        without += misses
        sizes = [len(opened[0].body) / 1024 for opened in (desks, televisions)]
        for screen in desks + televisions:
            screen.close()
        await asyncio.sleep(0.5)
    table.met(
        f"live: a call on {SCREENS} reception screens, {TELEVISIONS} of them televisions", "p95 < 300 ms with the fragment",
        f"p95 {figures[spread]:.0f} ms with the screens' own spread of 0–{spread * 1000:.0f} ms; {figures[0.0]:.0f} ms when all "
        f"ask at once; {CHANGES} calls, {sizes[0]:.0f} and {sizes[1]:.0f} KB a fragment, {without} screens without the call",
        figures[spread] < 300 and not without)


async def _fill_queue(clinic, desk):
    """So many customers without booking are checked in that there is somebody to call for both rounds."""
    for patient in clinic.patients:
        if len(re.findall(r'action="/visits/\w+/call"', (await desk.get("/reception/board")).text)) >= CHANGES:
            return
        await desk.post("/reception/arrivals", {"patient": patient, "complaint": "bench", "contactChecked": "1"})
    raise RuntimeError("the queue could not be filled")


async def _calls(desk, desks, televisions):
    """Seconds of every call on every screen, and how many showed something without it."""
    seconds, misses = [], 0
    for number in range(CHANGES):
        board = (await desk.get("/reception/board")).text
        tickets = re.findall(r'id="t-(\w+)".*?class="no"[^>]*>(\w+)<.*?action="(/visits/\w+)/call".*?'
                             r'name="version" value="(\d+)"', board, re.S)
        row, label, visit, version = tickets[number % len(tickets)]
        answer, times = await screens.change(
            desks + televisions, lambda visit=visit, version=version: desk.post(f"{visit}/call", {"version": version}),
            lambda screen: screen.shown_at)
        if answer.status != 303:
            raise RuntimeError(f"a call in front of the screens was answered with {answer.status}")
        misses += sum(f'id="t-{row}"'.encode() not in screen.body for screen in desks)
        misses += sum(f'<div class="no">{label}</div>'.encode() not in screen.body for screen in televisions)
        seconds += times
        await asyncio.sleep(0.3)
    return seconds, misses


async def _changes(clinic, desk, opened, day):
    """Seconds of every change on every screen, and how many screens showed something without the booking."""
    seconds, misses = [], 0
    for form in await _free_times(clinic, desk, opened[0].body.decode(), day):
        answer, times = await screens.change(
            opened, lambda form=form: desk.post("/appointments", form), lambda screen: screen.shown_at)
        booked = re.search(r"pick=(\w+)", answer.field("location"))
        if answer.status != 303 or not booked:
            raise RuntimeError(f"a booking in front of the screens was answered with {answer.status}")
        mark = f'id="a-{booked.group(1)}"'.encode()
        misses += sum(mark not in screen.body for screen in opened)
        seconds += times
        await asyncio.sleep(0.3)
    return seconds, misses


async def _free_times(clinic, desk, board, day):
    """Bookings of one quarter of an hour in the free cells of a board, as the board itself checks them before a drop."""
    cells = [dict(urllib.parse.parse_qsl(html.unescape(query)))
             for query in re.findall(r'class="free [^"]*" href="[^?]*\?([^"]*)"', board)]
    forms = []
    for cell, patient in zip(cells, reversed(clinic.patients), strict=False):
        form = clinic.booking(day, cell["unit"], cell["doctor"], patient, units=1)
        names = {name: form[name] for name in ("patient", "day", "unit", "units", "doctor")}
        check = await desk.get("/appointments/check?" + urllib.parse.urlencode(names))
        if json.loads(check.text)["fits"]:
            forms.append(form)
        if len(forms) == CHANGES:
            return forms
    raise RuntimeError(f"only {len(forms)} free times on {day}")


async def hold(table, clinic, desk, people):
    opened = await screens.open_screens(people, HELD)
    await asyncio.sleep(HOLD_SECONDS)
    _, seconds = await screens.change(
        opened, lambda: desk.post("/appointments", clinic.next_bookings(1)[0]), lambda screen: screen.heard_at)
    alive = sum(screen.is_open and screen.beats > 0 for screen in opened)
    for screen in opened:
        screen.close()
    table.met(
        f"live: {HELD:,} connections", "all hold",
        f"{alive:,} open and with a heartbeat after {HOLD_SECONDS} s; an event is on all of them, "
        f"p95 {percentile(seconds, 0.95) * 1000:.0f} ms",
        alive == HELD)
