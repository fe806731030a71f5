#!/usr/bin/env python3
"""Adds up xunit reports. Usage: count_xunit.py FILE… [--must-match FILE]; prints `passed failed` and names the failed on stderr.

A skipped test counts as failed: nothing is left out silently. With --must-match each regular expression of that file has to
match at least one test that ran.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree


def cases(paths):
    for path in paths:
        if pathlib.Path(path).exists():
            yield from ElementTree.parse(path).getroot().iter("testcase")


def main():
    arguments = sys.argv[1:]
    patterns = []
    if "--must-match" in arguments:
        at = arguments.index("--must-match")
        lines = pathlib.Path(arguments[at + 1]).read_text().splitlines()
        patterns = [line for line in lines if line.strip() and not line.startswith("#")]
        del arguments[at:at + 2]
    passed, failed, names = 0, 0, []
    for case in cases(arguments):
        name = f"{case.get('classname')}/{case.get('name')}"
        names.append(name)
        if any(case.find(tag) is not None for tag in ("failure", "error", "skipped")):
            failed += 1
            print(f"failed: {name}", file=sys.stderr)
        else:
            passed += 1
    for pattern in patterns:
        if not any(re.search(pattern, name) for name in names):
            failed += 1
            print(f"failed: no test matches {pattern}", file=sys.stderr)
    print(passed, failed)


if __name__ == "__main__":
    main()
