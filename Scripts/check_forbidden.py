#!/usr/bin/env python3
"""What must not be written, each with its reason. Usage: check_forbidden.py [ROOT]; prints `N passed, N failed`.

A rule passes when no file breaks it. `// safe because …` on the line before excuses the escapes, and only them.
Each rule carries an example that breaks it; check_lints.py plants them one by one and expects red.
"""
import pathlib
import re
import sys
from dataclasses import dataclass

from swift_text import views


@dataclass(frozen=True)
class Rule:
    id: str
    where: str  # regular expression on the path from the project's root
    pattern: str
    reason: str
    planted: tuple  # (path, text) that breaks it
    view: str = "code"  # code | strings (code and strings) | raw
    excusable: bool = False
    unless: str = r"(?!)"  # paths that may


AMBIENT = r"^Sources/(Kernel|Clinic)/.*\.swift$"
SWIFT = r"^Sources/.*\.swift$"
SWIFT_AND_TESTS = r"^(Sources|Tests)/.*\.swift$"
SQL_HOME = r"^Sources/(Clinic|ClinicWeb)/.*\.swift$"
MARKUP = r"^(Sources|Front)/.*\.(mustache|html)$"

RULES = [
    Rule("clock", AMBIENT, r"\bDate\(\)|\bDate\.now\b|\bDate\(timeIntervalSinceNow|\bContinuousClock\b|\bclock_gettime\b|\bDispatchTime\.now",
         "the time is a parameter, so that a rule can be tested at its boundary",
         ("Sources/Clinic/Staff/A.swift", "let now = Date()\n")),
    Rule("calendar", AMBIENT, r"\bCalendar\.(current|autoupdatingCurrent)\b|\bLocale\.current\b",
         "calendar and locale of the machine must not change what a clinic's rule says",
         ("Sources/Kernel/A.swift", "let c = Calendar.current\n")),
    Rule("random", AMBIENT, r"\bUUID\(\)|\.random\(|\brandomElement\(|\.shuffled?\(\)|SystemRandomNumberGenerator",
         "ids and chance come in as parameters; the one source of ids is Kernel/ID.swift",
         ("Sources/Clinic/Staff/A.swift", "let id = UUID()\n"), unless=r"^Sources/Kernel/ID\.swift$"),
    Rule("time-zone", SWIFT_AND_TESTS, r"\bTimeZone\.(current|autoupdatingCurrent)\b|\bNSTimeZone\b|\btzset\b|\blocaltime(_r)?\b",
         "local time comes from clinic.time_zone, never from the machine",
         ("Sources/ClinicWeb/Shell/A.swift", "let z = TimeZone.current\n")),
    Rule("TZ", SWIFT_AND_TESTS, r"\"TZ\"", "nothing may read the TZ variable: suites run under three of them and must agree",
         ("Sources/menya/A.swift", 'let z = environment["TZ"]\n'), view="strings"),
    Rule("money-float", r"^Sources/(Kernel|Clinic|ClinicWeb)/.*\.swift$",
         r"(?i)\b(double|float|cgfloat)\b.*\b\w*(money|fen|yuan|price|amount|balance|arrears)|\b\w*(money|fen|yuan|price|amount|balance|arrears)\w*\b.*\b(double|float|cgfloat)\b",
         "money is whole fen; a floating point number near it loses some",
         ("Sources/Clinic/Billing/A.swift", "let price: Double = 1\n")),
    Rule("money-decimal", r"^Sources/Clinic/(Billing|Cards)/.*\.swift$|^Sources/Kernel/Money\.swift$", r"\b(Double|Float|Decimal|NSDecimalNumber)\b",
         "amounts are whole fen and ratios whole basis points in these folders",
         ("Sources/Clinic/Billing/A.swift", "let ratio = Double(1)\n")),
    Rule("grdb", SWIFT_AND_TESTS, r"^\s*(@\w+\s+)?(package |internal |private |fileprivate )?import (GRDB|GRDBSQLite)\b",
         "only StorageSQLite knows GRDB", ("Sources/Clinic/Staff/A.swift", "import GRDB\n"), unless=r"^Sources/StorageSQLite/"),
    Rule("libpq", SWIFT_AND_TESTS, r"^\s*(@\w+\s+)?(package |internal |private |fileprivate )?import CLibpq\b",
         "only StoragePostgres knows libpq", ("Sources/Clinic/Staff/A.swift", "import CLibpq\n"), unless=r"^Sources/StoragePostgres/"),
    Rule("http-in-clinic", r"^Sources/(Kernel|Storage|Clinic)/.*\.swift$", r"^\s*import (Hummingbird\w*|NIO\w*|HTTPTypes|Mustache|ClinicWeb)\b",
         "the application knows neither HTTP nor HTML", ("Sources/Clinic/Staff/A.swift", "import Hummingbird\n")),
    Rule("rules-are-pure", r"^Sources/Clinic/.*Rules\.swift$", r"^\s*import Storage\b|\bin tx:|\basync\b|\bany (Read|Write)Transaction\b",
         "rules are functions of values: no database, nothing to wait for",
         ("Sources/Clinic/Staff/ARules.swift", "import Storage\n")),
    Rule("reports-read", r"^Sources/Clinic/Reports/.*\.swift$", r"\b(INSERT|UPDATE|DELETE|REPLACE)\b",
         "reports only read", ("Sources/Clinic/Reports/A.swift", 'let q = "UPDATE patient"\n'), view="strings"),
    Rule("sql-dialect", SQL_HOME,
         r"(?i:\b(datetime|strftime|julianday|unixepoch|extract|date_trunc|to_char|ifnull|nvl|now|group_concat|string_agg|last_insert_rowid|nextval|json_extract)\()"
         r"|\b(ILIKE|AUTOINCREMENT|SERIAL|BIGSERIAL|CURRENT_TIMESTAMP|CURRENT_DATE|GLOB|ROWID|PRAGMA|JSONB|DISTINCT ON|INSERT OR|FOR UPDATE OF|LATERAL|ARRAY\[)"
         r"|::(text|int|integer|bigint|jsonb|date|numeric|boolean)\b",
         "the same SQL runs on both engines; a difference belongs in Storage/Dialect.swift",
         ("Sources/Clinic/Staff/A.swift", 'let q = "SELECT x::text FROM t"\n'), view="strings", unless=r"^Sources/ClinicWeb/.*(Clock|Asset|Time)\w*\.swift$"),
    Rule("sql-collate", r"^Sources/(Clinic|Storage)/.*\.swift$", r"\bCOLLATE\b", "a column with its own collation cannot use the index in a join (measured)",
         ("Sources/Clinic/Schema/A.swift", 'let q = "name TEXT COLLATE \\"C\\""\n'), view="strings"),
    Rule("sql-avg", SQL_HOME, r"\bAVG\(", "AVG answers differently on the two engines; divide whole numbers in Swift",
         ("Sources/Clinic/Staff/A.swift", 'let q = "SELECT AVG(x) FROM t"\n'), view="strings"),
    Rule("sql-null-bind", SQL_HOME, r"^(?!.*trusted:).*\\\([^()]*(\([^()]*\)[^()]*)*\) IS (NOT )?NULL", "PostgreSQL cannot guess the type of a bound value that is only tested for NULL",
         ("Sources/Clinic/Staff/A.swift", 'let q = "SELECT 1 WHERE \\(day) IS NULL"\n'), view="strings"),
    Rule("public", SWIFT, r"^\s*(public|open) (?!listen)", "one package: `package` across targets, never public",
         ("Sources/Kernel/A.swift", "public struct A {}\n")),
    Rule("escape", SWIFT, r"\btry!|\bas!|\bfatalError\(|@unchecked Sendable|nonisolated\(unsafe\)|@preconcurrency|[\w)\]]!(?![=\w\"])",
         "a crash at the desk needs a `// safe because …` line before it", ("Sources/Clinic/Staff/A.swift", "let x = try! f()\n"), excusable=True),
    Rule("print", SWIFT, r"(?<![.\w])(?<!func )(print|debugPrint|dump|NSLog)\(", "log lines are structured and free of names; only the commands print",
         ("Sources/Clinic/Staff/A.swift", 'print("x")\n'), unless=r"^Sources/menya/"),
    Rule("inline-style", MARKUP, r"(?i)\sstyle\s*=", "the content security policy forbids style attributes; use a class",
         ("Sources/ClinicWeb/Resources/a.mustache", '<p style="color:red">\n'), view="raw"),
    Rule("inline-handler", MARKUP, r"(?i)<[^>]*\son[a-z]+\s*=", "the content security policy forbids inline handlers; name a behaviour",
         ("Sources/ClinicWeb/Resources/a.mustache", '<a onclick="x()">\n'), view="raw"),
    Rule("inline-script", MARKUP, r"(?i)<script\b(?![^>]*\bsrc\s*=)[^>]*>|<style\b|javascript:", "the content security policy forbids inline script and style",
         ("Sources/ClinicWeb/Resources/a.mustache", "<script>x()</script>\n"), view="raw"),
    Rule("markup-in-swift", r"^Sources/ClinicWeb/.*\.swift$", r"(?i)\s(style|onclick|onload|onsubmit)=\\?\"", "the policy holds for markup made in Swift too",
         ("Sources/ClinicWeb/Shell/A.swift", 'let a = "<p style=\\"x\\">"\n'), view="strings"),
    Rule("unescaped", r"^(Sources|Front)/.*\.mustache$", r"\{\{\{|\{\{&", "text from people goes out escaped, always",
         ("Sources/ClinicWeb/Resources/a.mustache", "{{{name}}}\n"), view="raw"),
    Rule("promise", r"^(Sources|Front|Playbook|EndToEnd|Tests|Benchmarks)/.*\.(swift|js|css|mustache|yaml|yml|py)$",
         r"\b(TODO|FIXME|XXX|HACK)\b|(?i:\b(stub|stubbed|not implemented|coming soon|dummy|lorem ipsum)\b)|敬请期待|暂未实现|功能开发中",
         "what is not there is not promised; an open entry of docs/requirements.md says it",
         ("Sources/Clinic/Staff/A.swift", "// TODO later\n"), view="raw", unless=r"^Sources/ClinicWeb/Resources/public/vendor/"),
    Rule("machine-path", r"^(Sources|Front|Playbook|EndToEnd|Tests|Benchmarks|docs|Scripts)/.*\.\w+$|^(README.*|Makefile|CHANGELOG\.md|\.ci/run)$",
         r"(?<![\w.])/(work|root)/\w|/tmp/bash_jobs|\.library/", "paths of one machine mean nothing on another",
         ("Sources/menya/A.swift", 'let p = "/wo' + 'rk/main"\n'), view="raw", unless=r"^Scripts/check_forbidden\.py$"),
]
LINE_LIMIT = 500
LONG = re.compile(r"^(Sources|Tests|EndToEnd|Benchmarks|Scripts|Front)/.*\.(swift|py|js|mustache|sh)$")
NOT_OURS = re.compile(r"^Sources/ClinicWeb/Resources/public/vendor/|/node_modules/|/__pycache__/|^EndToEnd/(shots|\.tmp)/")


def excused(lines, number):
    """The line itself or the comment lines right before it say why it is safe."""
    k = number - 1
    if "// safe because" in lines[number]:
        return True
    while k >= 0 and lines[k].strip().startswith("//"):
        if "// safe because" in lines[k]:
            return True
        k -= 1
    return False


def project_files(root):
    for top in ("Sources", "Tests", "Front", "Playbook", "EndToEnd", "Benchmarks", "Scripts", "docs"):
        yield from sorted(p for p in (root / top).rglob("*") if p.is_file())
    for name in ("README.md", "README.zh-CN.md", "Makefile", "CHANGELOG.md", ".ci/run"):
        if (root / name).is_file():
            yield root / name


def check(root):
    """Returns {rule id: [message]} for the broken rules."""
    broken = {}
    compiled = [(rule, re.compile(rule.where), re.compile(rule.pattern), re.compile(rule.unless)) for rule in RULES]
    for path in project_files(root):
        name = path.relative_to(root).as_posix()
        if NOT_OURS.search(name):
            continue
        try:
            raw = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = raw.split("\n")
        if LONG.match(name) and len(lines) - 1 > LINE_LIMIT:
            broken.setdefault("length", []).append(f"{name}: {len(lines) - 1} lines; {LINE_LIMIT} is the limit, split by what it does")
        rules = [item for item in compiled if item[1].search(name) and not item[3].search(name)]
        if not rules:
            continue
        code, strings = views(raw) if name.endswith(".swift") else (raw, raw)
        text = {"code": code.split("\n"), "strings": strings.split("\n"), "raw": lines}
        for rule, _, pattern, _ in rules:
            for number, line in enumerate(text[rule.view]):
                if pattern.search(line) and not (rule.excusable and excused(lines, number)):
                    broken.setdefault(rule.id, []).append(f"{name}:{number + 1}: {lines[number].strip()[:110]}\n    {rule.id}: {rule.reason}")
    return broken


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    broken = check(root)
    for messages in broken.values():
        print("\n".join(messages))
    total = len(RULES) + 1
    print(f"{total - len(broken)} passed, {len(broken)} failed")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
