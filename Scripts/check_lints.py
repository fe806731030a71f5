#!/usr/bin/env python3
"""The lints are tested too: one violation of each kind is planted in a small clean tree, and each must turn red."""
import pathlib
import sys
import tempfile

import check_architecture
import check_forbidden
import check_requirements

CLEAN = {
    "docs/allowed-dependencies.txt": "[Clinic]\nStaff:\nPatients: Staff\nBilling: Patients Staff\nReports: *\nSchema:\n[ClinicWeb]\nShell:\nPatients: Shell\n",
    "Sources/Kernel/Money.swift": "package struct Money {}\n",
    "Sources/Clinic/Staff/Staff.swift": "package struct Staff {}\nlet a = \"INSERT INTO staff (id)\"\n",
    "Sources/Clinic/Patients/Patient.swift": "// Date() in a comment is no fault\npackage struct Patient { let by: Staff }\nlet a = \"\"\"\n    INSERT INTO patient (id)\n    \"\"\"\n",
    "Sources/Clinic/Billing/Sheet.swift": "struct Sheet { let who: Patient }\nlet a = \"SELECT id FROM patient\"\nlet b = a != \"\\(1 + 1)\"\n",
    "Sources/ClinicWeb/Patients/PatientPage.swift": "struct PatientPage {}\n",
    "Tests/ATests.swift": '@Test("money is whole R1.01") func a() {}\n',
}
ARCHITECTURE = {
    "a feature uses one it may not": {"Sources/Clinic/Staff/B.swift": "struct B { let p: Patient }\n"},
    "a feature is not listed": {"Sources/Clinic/Cards/B.swift": "struct B {}\n"},
    "the edges have a cycle": {"docs/allowed-dependencies.txt": "[Clinic]\nStaff: Billing\nPatients: Staff\nBilling: Patients Staff\nSchema:\nReports: *\n[ClinicWeb]\nPatients:\nShell:\n"},
    "two features write a table": {"Sources/Clinic/Billing/B.swift": 'let b = "UPDATE patient"\n'},
    "a feature reads a table it may not": {"Sources/Clinic/Staff/B.swift": 'let b = "SELECT 1 FROM patient"\n'},
    "a page uses another feature's page": {"Sources/ClinicWeb/Shell/B.swift": "struct B { let p: PatientPage }\n"},
}


def page(change=lambda number, row: row):
    kept = (change(n, f"| {n} | a short summary | open |  |  |") for n in check_requirements.EXPECTED)
    return "\n".join(row for row in kept if row)


def row_for(number, row):
    return lambda n, old: row if n == number else old


REQUIREMENTS = {
    "an entry is missing": page(row_for("R3.07", None)),
    "an entry stands twice": page() + "\n| R1.01 | a short summary | open |  |  |",
    "a state is unknown": page(row_for("R1.01", "| R1.01 | a short summary | finished |  |  |")),
    "done without a place": page(row_for("R1.01", "| R1.01 | a short summary | done |  |  |")),
    "done at a place that is not there": page(row_for("R1.01", "| R1.01 | a short summary | done | `Sources/Gone.swift` |  |")),
    "done without a test": page(row_for("R1.02", "| R1.02 | a short summary | done | `Sources/Kernel/Money.swift` |  |")),
    "the summary is too long": page(row_for("R1.01", f"| R1.01 | {'x' * 91} | open |  |  |")),
}


def tree(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(files, look):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        tree(root, {**CLEAN, "docs/requirements.md": page(), **files})
        return look(root)


def main():
    good, bad = 0, []

    def expect(name, held):
        nonlocal good
        if held:
            good += 1
        else:
            bad.append(name)

    done = page(row_for("R1.01", "| R1.01 | a short summary | done | `Sources/Kernel/Money.swift` |  |"))
    expect("clean tree: forbidden", not run({}, check_forbidden.check))
    expect("clean tree: architecture", not run({}, check_architecture.check)[1])
    expect("clean tree: requirements", not run({"docs/requirements.md": done}, check_requirements.check)[1])
    for rule in check_forbidden.RULES:
        expect(f"forbidden {rule.id}", rule.id in run({rule.planted[0]: rule.planted[1]}, check_forbidden.check))
        if rule.excusable:
            text = "// safe because the text is a constant\n" + rule.planted[1]
            expect(f"forbidden {rule.id}, excused", not run({rule.planted[0]: text}, check_forbidden.check))
    expect("forbidden length", "length" in run({"Sources/Kernel/Long.swift": "\n" * 501}, check_forbidden.check))
    for name, files in ARCHITECTURE.items():
        expect(f"architecture: {name}", run(files, check_architecture.check)[1])
    for name, text in REQUIREMENTS.items():
        expect(f"requirements: {name}", run({"docs/requirements.md": text}, check_requirements.check)[1])
    for name in bad:
        print(f"not caught: {name}")
    print(f"{good} passed, {len(bad)} failed")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
