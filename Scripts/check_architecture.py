#!/usr/bin/env python3
"""The walls between feature folders. Usage: check_architecture.py [ROOT]; prints `N passed, N failed`.

docs/allowed-dependencies.txt says which feature of a target may name another's types: lines `Billing: Patients Staff` under a
heading `[Clinic]` or `[ClinicWeb]`; `*` means any. The edges of [Clinic] must be free of cycles. A table is written by one
feature only, and read by others along an allowed edge, or where `table: Feature` stands under `[tables]`.
"""
import pathlib
import re
import sys

from swift_text import views

DECLARE = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:package |internal )?(?:final |indirect )?(?:struct|enum|protocol|actor|class|typealias) (\w+)", re.M)
NESTED = re.compile(r"\b(?:struct|enum|protocol|actor|class|typealias) (\w+)")
NAME = re.compile(r"\b[A-Z]\w+")
WRITE = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)")
PHANTOM = re.compile(r"\bID<\w+>")  # an id names a row of another feature; that is a reference, not a use
READ = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")


def allowed(root):
    """{target: {feature: set of features}} of docs/allowed-dependencies.txt."""
    edges, target = {}, None
    for number, line in enumerate((root / "docs/allowed-dependencies.txt").read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        if line.startswith("["):
            target = line.strip("[]")
            edges[target] = {}
        elif ":" in line and target:
            feature, others = line.split(":")
            edges[target][feature.strip()] = set(others.split())
        else:
            raise SystemExit(f"docs/allowed-dependencies.txt:{number}: expected `Feature: Other Other`")
    return edges


def cycle(edges):
    """One cycle as a list of names, or None."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done:
            return None
        path.append(name)
        for other in sorted(edges.get(name, ())):
            found = visit(other) if other in edges else None
            if found:
                return found
        path.pop()
        done.add(name)
        return None

    return next((found for found in map(visit, sorted(edges)) if found), None)


def sources(root, target):
    """(feature, path, code, code with strings) of each Swift file in a feature folder of the target."""
    base = root / "Sources" / target
    for path in sorted(base.rglob("*.swift")):
        parts = path.relative_to(base).parts
        if len(parts) > 1:
            yield (parts[0], path.relative_to(root).as_posix(), *views(path.read_text(encoding="utf-8")))


def check_types(root, target, edges, shared):
    files = list(sources(root, target))
    owners, own = {}, {}
    for feature, _, code, _ in files:
        own.setdefault(feature, set()).update(NESTED.findall(code))
        for name in DECLARE.findall(code):
            owners.setdefault(name, set()).add(feature)
    faults = []
    for feature in sorted({f for f, *_ in files} - set(edges)):
        faults.append(f"Sources/{target}/{feature}: not listed under [{target}] in docs/allowed-dependencies.txt")
    for feature, path, code, _ in files:
        may = edges.get(feature, set()) | {feature}
        if "*" in may:
            continue
        for name in sorted(set(NAME.findall(PHANTOM.sub("", code)))):
            if target == "ClinicWeb" and name.endswith("Paths"):
                continue  # a link to another feature's page is a reference, too
            home = owners.get(name, set())
            if home and name not in shared and name not in own[feature] and not home & may:
                faults.append(f"{path}: {feature} uses {'/'.join(sorted(home))}.{name}, not allowed")
    return len(files), faults


def check_tables(root, edges, readers):
    files = [f for f in sources(root, "Clinic") if f[0] != "Schema"]
    writers, faults = {}, []
    for feature, path, _, text in files:
        if "*" in edges.get(feature, set()):
            continue  # the demo's past is no owner
        for table in WRITE.findall(text):
            writers.setdefault(table, {}).setdefault(feature, path)
    for table, by in sorted(writers.items()):
        if len(by) > 1:
            faults.append(f"table {table} is written by {', '.join(f'{f} ({p})' for f, p in sorted(by.items()))}: one feature owns a table")
    for feature, path, _, text in files:
        may = edges.get(feature, set()) | {feature}
        for table in sorted(set(READ.findall(text))):
            home = set(writers.get(table, {}))
            if home and "*" not in may and not home & may and feature not in readers.get(table, ()):
                faults.append(f"{path}: {feature} reads {table} of {'/'.join(sorted(home))}, not allowed")
    return len(writers), faults


def check(root):
    """(number of things looked at, faults)."""
    edges = allowed(root)
    shared = set()
    for target in ("Kernel", "Storage"):
        for path in (root / "Sources" / target).rglob("*.swift"):
            shared.update(DECLARE.findall(views(path.read_text(encoding="utf-8"))[0]))
    found = cycle(edges.get("Clinic", {}))
    faults = [f"docs/allowed-dependencies.txt: {' → '.join(found)} is a cycle"] if found else []
    looked = 1
    for target in ("Clinic", "ClinicWeb"):
        count, more = check_types(root, target, edges.get(target, {}), shared)
        looked, faults = looked + count, faults + more
    count, more = check_tables(root, edges.get("Clinic", {}), edges.get("tables", {}))
    return looked + count, faults + more


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    looked, faults = check(root)
    print("\n".join(faults)) if faults else None
    print(f"{max(looked - len(faults), 0)} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
