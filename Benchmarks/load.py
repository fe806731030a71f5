"""Load from wrk: a list of requests for some seconds, figures back."""
import json
import pathlib
import statistics
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parent / "load.lua"
ROUNDS = 3
SECONDS = 4


class Figures:
    """Of one run. Rates in requests/s, times in ms."""

    def __init__(self, values):
        self.requests = values["requests"]
        self.seconds = values["seconds"]
        self.refused = values["refused"]
        self.rate = (values["requests"] - values["refused"]) / values["seconds"]
        self.p50, self.p99 = values["p50"], values["p99"]
        self.bytes_each = values["bytes"] / max(1, values["requests"])


def run(port, lines, clients, cookie="", headers=(), seconds=SECONDS):
    """`lines`: paths, or (path, form body) pairs. Raises when a connection failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        head = ["Host: 127.0.0.1", *([f"Cookie: {cookie}"] if cookie else []), *headers]
        body = (line if isinstance(line, str) else "\t".join(line) for line in lines)
        file.write("\n".join(head) + "\n\n" + "\n".join(body) + "\n")
        file.flush()
        done = subprocess.run(
            ["wrk", "-t", "1", "-c", str(clients), "-d", f"{seconds}s", "--timeout", "10s", "--latency", "-s", str(SCRIPT),
             f"http://127.0.0.1:{port}", "--", file.name], capture_output=True, text=True, timeout=seconds + 60)
    found = [line for line in done.stdout.splitlines() if line.startswith("figures ")]
    if done.returncode != 0 or not found:
        raise RuntimeError(f"wrk ended with {done.returncode}: {done.stdout}{done.stderr}")
    values = json.loads(found[0].removeprefix("figures "))
    if values["broken"] or not values["requests"]:
        raise RuntimeError(f"wrk: {values['broken']} broken connections, {values['requests']} answers")
    return Figures(values)


def accepted(figures):
    """Raises when an answer was an error: a fast refusal is no result."""
    if figures.refused:
        raise RuntimeError(f"{figures.refused} of {figures.requests} answers were refusals")
    return figures


def span(values, digits=0):
    """'612 (590–640)': the median and the range of the rounds."""
    middle = statistics.median(values)
    return f"{middle:,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"
