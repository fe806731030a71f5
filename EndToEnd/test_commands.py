"""The commands of the program, as an administrator runs them: exit codes, words, and data that stays whole."""
import base64
import http.client
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

import pytest

from person import Person
from server import PROGRAM


def menya(server, *arguments, given="", options=True):
    """(exit code, everything printed) of one command on this clinic's data."""
    place = server.arguments() if options else []
    done = subprocess.run([str(PROGRAM), *arguments, *map(str, place)], input=given, capture_output=True, text=True,
                          timeout=120)
    return done.returncode, done.stdout + done.stderr


def data(server):
    return server.folder / "menya.sqlite"


def query(server, statement):
    with sqlite3.connect(data(server)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def stopped(clinics):
    """A demo clinic that is not being served."""
    server = clinics.fresh("sqlite")
    yield server
    server.stop()


def test_verify_passes_and_prints_the_heads(stopped):
    code, text = menya(stopped, "verify", "--all")
    assert code == 0, text
    assert "核对通过" in text and "ledger.receipts" in text and "链头" in text
    assert int(re.search(r"audit\.events .* (\d+)\n", text).group(1)) > 1000
    assert "不对" not in text


@pytest.mark.parametrize("statement, words", [
    ("UPDATE event SET payload = '{}' WHERE lane <> 0 AND seq = 5", "seq 5"),
    ("UPDATE receipt SET received_fen = received_fen + 1 WHERE number = 7", "receipt"),
    ("DELETE FROM event WHERE lane <> 0 AND seq = 9", "seq 9"),
])
def test_verify_names_the_row_that_was_changed(stopped, statement, words):
    query(stopped, statement)
    code, text = menya(stopped, "verify")
    assert code == 1, text
    assert "核对没有通过" in text and words in text.splitlines()[-1]


def test_second_server_and_restore_are_refused_while_serving(stopped, tmp_path):
    code, text = menya(stopped, "backup")
    assert code == 0, text
    backup = next((stopped.folder / "backups").glob("*.sqlite"))
    stopped.start()
    for command in (["serve", "--port", "1"], ["restore", str(backup)], ["key", "rotate"], ["demo"]):
        code, text = menya(stopped, *command)
        assert code == 1, text
        assert "正被另一个 menya 使用" in text
    code, text = menya(stopped, "backup")
    assert code == 0, "a backup is made while people work: " + text
    code, text = menya(stopped, "verify")
    assert code == 0, text


def test_restore_brings_back_what_was_there(stopped, tmp_path):
    before = query(stopped, "SELECT COUNT(*), MAX(seq) FROM event")
    second = tmp_path / "second"
    code, text = menya(stopped, "backup", "--second-backups", str(second))
    assert code == 0, text
    backup = next((stopped.folder / "backups").glob("*.sqlite"))
    assert json.loads(backup.with_suffix(".json").read_text())["rows"]["patient"] > 100
    assert (second / backup.name).read_bytes() == backup.read_bytes()
    query(stopped, "DELETE FROM patient_term")

    code, text = menya(stopped, "restore", str(backup))

    assert code == 0, text
    assert query(stopped, "SELECT COUNT(*), MAX(seq) FROM event") == before
    assert query(stopped, "SELECT COUNT(*) FROM patient_term")[0][0] > 1000
    kept = min(stopped.folder.glob("menya.sqlite.before-*"), key=lambda file: len(file.name))
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT COUNT(*) FROM patient_term").fetchone() == (0,)
    assert menya(stopped, "verify", "--all")[0] == 0
    stopped.start()


@pytest.mark.parametrize("damage, words", [
    (lambda file: file.write_bytes(file.read_bytes()[:-4096]), "大小与清单不符"),
    (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"x"), "内容与清单不符"),
    (lambda file: file.with_suffix(".json").unlink(), "缺少清单"),
])
def test_restore_refuses_a_damaged_backup_and_changes_nothing(stopped, damage, words):
    assert menya(stopped, "backup")[0] == 0
    backup = next((stopped.folder / "backups").glob("*.sqlite"))
    damage(backup)
    before = data(stopped).read_bytes()

    code, text = menya(stopped, "restore", str(backup))

    assert code == 1 and words in text
    assert data(stopped).read_bytes() == before


def test_backup_of_spoilt_data_is_no_backup(stopped):
    query(stopped, "UPDATE receipt SET received_fen = received_fen + 1 WHERE number = 7")
    code, text = menya(stopped, "backup")
    assert code == 1 and "receipt" in text
    assert list((stopped.folder / "backups").glob("menya-*")) == []
    assert query(stopped, "SELECT COUNT(*) FROM backup_run WHERE problem IS NOT NULL") == [(1,)]


def test_a_newer_database_is_refused_and_left_alone(stopped):
    query(stopped, "INSERT INTO schema_migration (id, applied_at) VALUES ('20990101a_future', 0)")
    for command in ("serve", "verify", "migrate", "backup"):
        code, text = menya(stopped, command)
        assert code == 1 and "更新版本" in text and "20990101a_future" in text


def test_another_key_is_refused(stopped):
    own = pathlib.Path(f"{stopped.folder}.key")
    stored = json.loads(own.read_text())
    stored["lookup"] = base64.b64encode(os.urandom(32)).decode()
    own.write_text(json.dumps(stored))
    for command in (["serve", "--port", "1"], ["verify"]):
        code, text = menya(stopped, *command)
        assert code == 1 and "不是一套" in text
    own.unlink()
    code, text = menya(stopped, "serve", "--port", "1")
    assert code == 1 and "找不到密钥文件" in text


def test_key_survives_rotation_and_a_sheet_of_paper(stopped, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(stopped.folder, own)
    key = tmp_path / "key"
    shutil.copy(f"{stopped.folder}.key", key)
    place = ["--data", str(own), "--key-file", str(key)]

    def run(*arguments, given=""):
        done = subprocess.run([str(PROGRAM), *arguments, *place], input=given, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    code, text = run("key", "rotate")
    assert code == 0 and "在用密钥是 k2" in text
    assert run("verify")[0] == 0
    code, sheet = run("key", "export")
    assert code == 0
    before = json.loads(key.read_text())
    key.unlink()
    code, text = run("key", "import", given=sheet.split("\n\n")[1])
    assert code == 0, text
    assert json.loads(key.read_text()) == before
    assert key.stat().st_mode & 0o777 == 0o600
    assert run("verify")[0] == 0


def test_users_are_made_and_stopped_from_the_console(stopped):
    code, text = menya(stopped, "user", "create", "xinren", "--name", "新人", "--role", "reception", given="梅花三弄0412\n")
    assert code == 0, text
    code, text = menya(stopped, "user", "create", "xinren", "--name", "新人", given="梅花三弄0412\n")
    assert code == 1 and "已经有人用了" in text
    code, text = menya(stopped, "user", "create", "weak", "--name", "弱", given="12345678\n")
    assert code == 1 and "太容易猜到" in text
    code, text = menya(stopped, "user", "disable", "xinren")
    assert code == 0, text
    code, text = menya(stopped, "user", "list")
    assert re.search(r"xinren +xinren +新人 +reception +已停用", text)
    assert menya(stopped, "user", "password", "nobody", given="梅花三弄0412\n")[0] == 1


def test_nothing_is_served_in_clear_beyond_this_machine(stopped):
    code, text = menya(stopped, "serve", "--host", "0.0.0.0", "--port", "1")
    assert code == 1 and "--allow-http" in text
    code, text = menya(stopped, "serve", "--tls-cert", "x.pem")
    assert code == 1 and "--tls-key" in text


def test_options_come_from_flags_then_environment_then_file(stopped, tmp_path):
    file = tmp_path / "menya.json"
    file.write_text(json.dumps({"data": str(tmp_path / "of-file")}))

    def place(*arguments, environment=None):
        done = subprocess.run([str(PROGRAM), "verify", *arguments], capture_output=True, text=True, timeout=60,
                              env={**os.environ, **(environment or {})})
        return done.returncode, done.stdout + done.stderr

    assert str(tmp_path / "of-file") in place("--config", str(file))[1]
    there = {"MENYA_DATA": str(tmp_path / "of-environment"), "MENYA_KEY_FILE": f"{stopped.folder}.key"}
    assert str(tmp_path / "of-environment") in place("--config", str(file), environment=there)[1]
    assert place("--config", str(file), "--data", str(stopped.folder), environment=there)[0] == 0


def test_wrong_usage_ends_with_64(stopped):
    assert menya(stopped, "nonsense")[0] == 64
    assert menya(stopped, "demo", "--seed", "x")[0] == 64
    code, text = menya(stopped, "verify", "--database", "mysql://x", options=False)
    assert code == 1 and "sqlite:" in text
    code, text = menya(stopped, "demo")
    assert code == 1 and "已有数据" in text


def test_routes_are_listed_with_who_may(stopped):
    code, text = menya(stopped, "routes", options=False)
    assert code == 0
    assert "GET /healthz public" in text.splitlines()


def test_server_stops_at_once_with_live_screens_open(stopped):
    person = Person(stopped.start().url).sign_in("qiantai")
    live = http.client.HTTPConnection(person.host, timeout=10)
    live.request("GET", "/live?topics=board", headers={"Cookie": "; ".join(f"{k}={v}" for k, v in person.cookies.items())})
    assert live.getresponse().readline().startswith(b"retry:")

    assert stopped.stop() == 0
    assert "message=stopped" in stopped.tail()


def test_log_lines_have_request_ids_and_no_names(stopped):
    person = Person(stopped.start().url).sign_in("qiantai")
    name, phone = query(stopped, "SELECT name, phone FROM patient WHERE phone IS NOT NULL LIMIT 1")[0]
    assert person.get(f"/patients?q={phone}")[0] == 200
    stopped.stop()

    lines = [line for line in pathlib.Path(stopped.log).read_text().splitlines() if "message=request" in line]
    assert len(lines) >= 3
    assert all(" request=" in line and " status=" in line and " route=" in line for line in lines)
    assert phone not in stopped.log.read_text() and name not in stopped.log.read_text()


def test_readiness_is_not_liveness(stopped):
    person = Person(stopped.start().url)
    assert person.get("/healthz") == (200, "ok\n")
    assert person.get("/readyz") == (200, "ready\n")
