#!/usr/bin/env python3
"""Holds docs/requirements.md to its word. Usage: check_requirements.py [ROOT] [--fill-tests]; prints `N passed, N failed`.

Every entry stands there once, in order, with a state of done, partly, open. `done` and `partly` name paths that exist;
`done` is shown by a test whose display name carries its number. `--fill-tests` writes the files of such tests into the last column.
"""
import ast
import pathlib
import re
import sys

COUNTS = [36, 30, 60, 48, 23, 47, 14, 31, 33, 60, 42, 21, 22, 36, 25, 22]
EXPECTED = [f"R{g}.{n:02d}" for g, count in enumerate(COUNTS, 1) for n in range(1, count + 1)]
STATES = {"done", "partly", "open"}
NUMBER = re.compile(r"R(\d{1,2})\.(\d{2})(?:\s*[–-]\s*(?:R?\d{1,2}\.)?(\d{2})\b)?")
SWIFT_NAME = re.compile(r'@(?:Test|Suite)\(\s*"((?:[^"\\]|\\.)*)"')
JS_NAME = re.compile(r"""\b(?:test|it|describe)\(\s*(["'`])(.*?)\1""", re.S)


def numbers(text):
    """Every R-number of a text; `R4.02–4.05` counts for four."""
    for group, first, last in NUMBER.findall(text):
        for n in range(int(first), int(last or first) + 1):
            yield f"R{group}.{n:02d}"


def display_names(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".swift":
        return SWIFT_NAME.findall(text)
    if path.suffix in (".js", ".mjs"):
        return [name for _, name in JS_NAME.findall(text)]
    return [f"{node.name} {ast.get_docstring(node) or ''}" for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def tested(root):
    """{R-number: [test files]}"""
    found = {}
    for top in ("Tests", "EndToEnd"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in (".swift", ".js", ".mjs", ".py") and path.is_file():
                for name in display_names(path):
                    for number in numbers(name):
                        files = found.setdefault(number, [])
                        relative = path.relative_to(root).as_posix()
                        if relative not in files:
                            files.append(relative)
    return found


def rows(text):
    for line in text.splitlines():
        if line.startswith("| R"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def missing_paths(root, cell):
    names = re.findall(r"[\w./+-]*/[\w./+-]+|\b[\w-]+\.(?:swift|yaml|md|py|js)\b", cell.replace("`", " "))
    return ([] if names else ["(no path named)"]) + [name for name in names if not (root / name).exists()]


def check(root):
    """(number of entries, faults)"""
    faults, tests, seen = [], tested(root), []
    for cells in rows((root / "docs/requirements.md").read_text(encoding="utf-8")):
        if len(cells) != 5:
            faults.append(f"{cells[0]}: {len(cells)} columns, 5 expected")
            seen.append(cells[0])
            continue
        number, summary, state, where, _ = cells
        seen.append(number)
        if not 8 <= len(summary) <= 90:
            faults.append(f"{number}: a summary has 8 to 90 characters, this one {len(summary)}")
        if state not in STATES:
            faults.append(f"{number}: state '{state}' is none of {', '.join(sorted(STATES))}")
        elif state != "open":
            gone = missing_paths(root, where)
            if gone:
                faults.append(f"{number}: {state}, but these places do not exist: {', '.join(gone)}")
            elif state == "done" and number not in tests:
                faults.append(f"{number}: done, but no test's display name carries {number}")
    for number in EXPECTED:
        if seen.count(number) != 1:
            faults.append(f"{number}: stands {seen.count(number)} times, once is right")
    faults += [f"{number}: no such entry" for number in seen if number not in EXPECTED]
    if not faults and seen != EXPECTED:
        faults.append("the entries are out of order")
    return len(EXPECTED), faults


def fill_tests(root):
    page, tests = root / "docs/requirements.md", tested(root)
    lines = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| R") and len(cells) == 5:
            cells[4] = " ".join(f"`{name}`" for name in tests.get(cells[0], [])[:3])
            line = "| " + " | ".join(cells) + " |"
        lines.append(line)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).resolve().parent.parent)
    if "--fill-tests" in sys.argv:
        fill_tests(root)
    total, faults = check(root)
    print("\n".join(faults)) if faults else None
    failed = len({fault.split(":")[0] for fault in faults})
    print(f"{max(total - failed, 0)} passed, {failed} failed")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
