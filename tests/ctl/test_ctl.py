"""certholderctl as scripts use it: words in, JSON and exit statuses out; no network in any of these."""

import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
SOURCE = pathlib.Path(os.environ["CERTHOLDER_SOURCE_DIR"])
CTL = BUILD / "src" / "ctl" / "certholderctl"
SAMPLES = BUILD / "data" / "samples"


class Desk:
    """A database of its own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="certholder-test-")
        self.path = pathlib.Path(self.folder.name)

    def environment(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CERTHOLDER_")}
        environment.update(LC_ALL="C.UTF-8", HOME=self.folder.name, XDG_RUNTIME_DIR=self.folder.name)
        environment["CERTHOLDER_READER"] = str(BUILD / "src" / "reading" / "certholder-reader")
        return environment

    def run(self, *words, stdin=None, now=None, env=None):
        environment = self.environment()
        if now:
            environment["CERTHOLDER_NOW"] = now
        environment.update(env or {})
        return subprocess.run([CTL, "--data-dir", self.path / "data", *map(str, words)], input=stdin, text=True,
                              capture_output=True, env=environment, timeout=120, check=False)

    def json(self, *words, exit_status=0, **more):
        done = self.run("--json", *words, **more)
        assert done.returncode == exit_status, (done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)


def case_usage():
    """Wrong usage exits with 2 and says what is right on one line"""
    desk = Desk()
    for words in ([], ["frobnicate"], ["review"], ["review", "x", "--approve", "--reject", "y"], ["read"],
                  ["requirements", "assign", "x"], ["status", "--project", "abc"], ["evaluate", "a", "b"],
                  ["projects", "--no-such-option"], ["conflicts", "settle", "1", "--keep", "neither"]):
        done = desk.run(*words)
        assert done.returncode == 2, (words, done.returncode, done.stderr)
        assert done.stdout == "", (words, done.stdout)
        assert done.stderr.strip(), words


def case_help():
    """Each command that --help lists tells its own usage, and touches nothing"""
    desk = Desk()
    listed = desk.run("--help").stdout.split("Exit status")[0]
    names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    names = [name for name in names if not name.startswith("certholderctl")]
    assert {"login", "sync", "watch", "verify"} <= set(names), names
    for name in names:
        done = desk.run(name, "--help")
        assert done.returncode == 0 and done.stderr == "", (name, done.returncode, done.stderr)
        assert done.stdout.startswith(f"usage: certholderctl {name}"), (name, done.stdout)
    assert not (desk.path / "data").exists()


def case_empty():
    """A new database has empty lists, and verify finds it sound"""
    desk = Desk()
    for words in (["projects"], ["subs"], ["certificates"], ["status"], ["conflicts"], ["events"], ["requirements", "list"]):
        assert desk.json(*words) == [], words
    assert desk.json("verify") == {"ok": True, "problems": []}


def case_evaluate():
    """evaluate judges a document from standard input without a database"""
    desk = Desk()
    policy = {"coverage": "general_liability", "policy_number": "1", "effective": "2026-01-01", "expiration": "2027-01-01",
              "basis": "occurrence", "limits": {"each_occurrence": 1000000, "general_aggregate": 2000000,
                                                "products_completed_operations_aggregate": 2000000}}
    asked = {"schema": 1, "name": "GL", "warning_days": 30, "coverages": {"general_liability": {
        "minimum": {"each_occurrence": 1000000, "general_aggregate": 2000000,
                    "products_completed_operations_aggregate": 2000000}}}}
    document = {"today": "2026-11-23", "project": {"name": "P"}, "sub": {"name": "S"}, "requirements": [asked],
                "certificates": [{"form": "ACORD 25", "policies": [policy]}], "waivers": [], "carriers": []}
    answer = desk.json("evaluate", "-", stdin=json.dumps(document))
    assert (answer["status"], answer["colour"], answer["changes_on"]) == ("compliant", "green", "2026-12-02"), answer
    answer = desk.json("evaluate", "-", "--today", "2026-12-31", stdin=json.dumps(document))
    assert (answer["status"], answer["changes_on"]) == ("expiring", "2027-01-01"), answer
    answer = desk.json("evaluate", "-", "--today", "2027-01-01", stdin=json.dumps(document), exit_status=1)
    assert (answer["status"], answer["colour"]) == ("expired", "red"), answer
    assert not (desk.path / "data").exists()


def case_evaluate_nonsense():
    """evaluate refuses nonsense with 2 and names the member"""
    desk = Desk()
    done = desk.run("evaluate", "-", stdin="{\"today\":")
    assert done.returncode == 2 and done.stderr, done
    done = desk.run("evaluate", "-", stdin=json.dumps({"today": "tomorrow", "requirements": [], "certificates": []}))
    assert done.returncode == 2 and "today" in done.stderr, done.stderr


def case_requirements():
    """Requirement sets are imported, versioned, shown, exported and assigned"""
    desk = Desk()
    for file in sorted((SOURCE / "data" / "requirements").glob("*.json")):
        first = desk.json("requirements", "import", file)
        assert first["version"] == 1, first
        assert desk.json("requirements", "import", file) == first, "the same body is no new version"
    listed = desk.json("requirements", "list")
    assert len(listed) == 7, listed
    standard = next(s for s in listed if s["name"] == "Standard subcontract")
    body = desk.json("requirements", "show", standard["id"])
    assert body["coverages"]["general_liability"]["minimum"]["each_occurrence"] == 1000000, body
    out = desk.path / "out.json"
    desk.json("requirements", "export", standard["id"], out)
    assert json.loads(out.read_text()) == body
    assert desk.json("requirements", "assign", "Standard subcontract", "--company")["assigned_to"] == ["company"]
    body["warning_days"] = 45
    out.write_text(json.dumps(body))
    assert desk.json("requirements", "import", out)["version"] == 2


def case_requirements_typo():
    """A requirement set with a misspelt member is refused by name"""
    desk = Desk()
    file = desk.path / "typo.json"
    file.write_text(json.dumps({"schema": 1, "name": "x", "coverages": {"general_liability": {"minimun": {}}}}))
    done = desk.run("requirements", "import", file)
    assert done.returncode == 2 and "minimun" in done.stderr, (done.returncode, done.stderr)


def case_read_sample():
    """read finds the policies of our own samples and stores nothing"""
    desk = Desk()
    files = sorted(SAMPLES.glob("*.pdf"))
    assert len(files) >= 4, files
    answers = desk.json("read", *files)
    assert [a["file"] for a in answers] == [str(f) for f in files]
    for file, answer in zip(files, answers):
        truth = json.loads((SOURCE / "data" / "samples" / (file.stem + ".json")).read_text())
        read = answer["certificate"]
        assert read["insured"]["name"] == truth["insured"]["name"], (file, read["insured"])
        for wanted in truth["policies"]:
            found = [p for p in read["policies"] if p["coverage"] == wanted["coverage"]]
            assert len(found) == 1, (file, wanted["coverage"], read["policies"])
            for member in ("policy_number", "effective", "expiration", "limits"):
                assert found[0][member] == wanted[member], (file, member, found[0][member], wanted[member])
    assert not (desk.path / "data").exists()


def case_read_bad_files():
    """Files that can't be read are named one by one with 1, and the others are read"""
    desk = Desk()
    good = sorted(SAMPLES.glob("*.pdf"))[0]
    empty, text, broken, absent = (desk.path / n for n in ("empty.pdf", "text.pdf", "broken.pdf", "absent.pdf"))
    empty.write_bytes(b"")
    text.write_text("this is no PDF")
    broken.write_bytes(good.read_bytes()[:700])
    done = desk.run("--json", "read", empty, good, text, broken, absent)
    assert done.returncode == 1, (done.returncode, done.stderr)
    answers = json.loads(done.stdout)
    assert len(answers) == 5 and "certificate" in answers[1], answers
    for answer in (answers[0], answers[2], answers[3], answers[4]):
        assert answer["error"], answer
    for file in (empty, text, broken, absent):
        assert str(file) in done.stderr, done.stderr


def case_read_many():
    """Of many mixed files in one read none is lost, each answers in its place, and what is wrong with one is said of it"""
    desk = Desk()
    good = sorted(SAMPLES.glob("*.pdf"))
    files = []
    for number in range(200):
        file = desk.path / f"{number:03}.pdf"
        if number % 10 == 3:
            file.write_text(f"this is no PDF, number {number}")
        elif number % 10 == 6:
            file.write_bytes(good[0].read_bytes()[: 300 + number])
        elif number % 50 != 49:
            file.write_bytes(good[number % len(good)].read_bytes())
        files.append(str(file))
    done = desk.run("--json", "read", *files)
    assert done.returncode == 1, (done.returncode, done.stderr)
    answers = json.loads(done.stdout)
    assert [a["file"] for a in answers] == files
    for number, answer in enumerate(answers):
        if number % 10 in (3, 6) or number % 50 == 49:
            assert answer["error"] and f"{answer['file']}: {answer['error']}" in done.stderr, answer
        else:
            truth = json.loads((SOURCE / "data" / "samples" / (good[number % len(good)].stem + ".json")).read_text())
            assert answer["certificate"]["insured"]["name"] == truth["insured"]["name"], answer


def write_letter(file, n_pages):
    """A PDF of so many pages of text."""
    text = b"BT /F 12 Tf 72 700 Td (Dear all, the certificates follow.) Tj ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Count %d/Kids[%s]>>" % (n_pages, b" ".join(b"%d 0 R" % (5 + i) for i in range(n_pages))),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"] * n_pages
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    file.write_bytes(body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
                     % (len(objects) + 1, table, len(objects) + 1, len(body)))


def read_at_terminal(desk, files, interrupt_at=None):
    """read with standard error at a terminal, interrupted once that says @interrupt_at: status, output, what was told."""
    terminal, end = pty.openpty()
    told = b""
    printed = desk.path / "printed"
    with printed.open("wb") as out, subprocess.Popen([CTL, "--data-dir", desk.path / "data", "--json", "read", *files],
                                                     stdout=out, stderr=end, env=desk.environment()) as process:
        os.close(end)
        while True:
            try:
                more = os.read(terminal, 4096)
            except OSError:  # the other end was closed
                break
            if not more:
                break
            told += more
            if interrupt_at and interrupt_at in told:
                process.send_signal(signal.SIGINT)
                interrupt_at = None
    os.close(terminal)
    return process.returncode, printed.read_text(), told.decode()


def case_read_progress():
    """At a terminal read tells each page of a long file and how many files are done, and elsewhere nothing of it"""
    desk = Desk()
    letter = desk.path / "letter.pdf"
    write_letter(letter, 3)
    files = [letter, *sorted(SAMPLES.glob("*.pdf"))]
    status, output, told = read_at_terminal(desk, files)
    assert status == 1, (status, told)
    assert [a["file"] for a in json.loads(output)] == [str(f) for f in files]
    for wanted in ("letter.pdf: page 1 of 3", "letter.pdf: page 3 of 3"):
        assert wanted in told, (wanted, told)
    # Several are read at once, so the letter may be the last to be done.
    counts = [int(n) for n in re.findall(rf"(\d+) of {len(files)} files read", told)]
    assert counts == sorted(counts) and counts[0] == 0 and counts[-1] == len(files), told
    done = desk.run("read", *files)
    assert ": page " not in done.stderr and "\033" not in done.stderr, done.stderr


def case_read_interrupted():
    """Interrupted in the midst of a long file read ends, and what it prints up to there is whole"""
    desk = Desk()
    letter = desk.path / "letter.pdf"
    write_letter(letter, 200)
    sample = sorted(SAMPLES.glob("*.pdf"))[0]
    status, output, told = read_at_terminal(desk, [sample, *[letter] * 200], interrupt_at=b"page 2 of 200")
    assert status != 0, (status, told)
    assert len(json.loads(output)) < 201, output[-300:]


def case_add_without_sub():
    """add keeps a certificate that nobody can place, and says that a person is needed"""
    desk = Desk()
    file = sorted(SAMPLES.glob("*.pdf"))[0]
    answers = desk.json("add", file, exit_status=1)
    assert len(answers) == 1 and "sub" not in answers[0] and answers[0]["status"] == "pending", answers
    again = desk.json("add", file, exit_status=1)
    assert again[0]["certificate"] == answers[0]["certificate"], "the same document is one certificate"
    listed = desk.json("certificates")
    assert len(listed) == 1 and listed[0]["sha256"], listed
    assert [e["what"] for e in desk.json("events")].count("certificate.added") == 1
    done = desk.run("review", answers[0]["certificate"], "--approve")
    assert done.returncode == 2 and "sub" in done.stderr, (done.returncode, done.stderr)
    answer = desk.json("review", answers[0]["certificate"], "--reject", "not one of ours")
    assert answer["status"] == "rejected", answer
    assert desk.json("verify")["ok"]


def case_not_signed_in():
    """Commands that need Procore say how to sign in, with 3"""
    desk = Desk()
    for command in ("sync", "doctor"):
        done = desk.run(command)
        assert done.returncode == 3, (command, done.returncode, done.stderr)
        assert "CERTHOLDER_CLIENT_ID" in done.stderr, done.stderr


def case_plain_http():
    """Plain http is refused beyond this machine"""
    desk = Desk()
    done = desk.run("doctor", env={"CERTHOLDER_API_URL": "http://procore.example", "CERTHOLDER_LOGIN_URL": "http://procore.example",
                                   "CERTHOLDER_CLIENT_ID": "a", "CERTHOLDER_CLIENT_SECRET": "b"})
    assert done.returncode == 3 and "http" in done.stderr, (done.returncode, done.stderr)


def case_unreachable():
    """An unreachable Procore is 3 with one line of why and a hint, soon"""
    desk = Desk()
    done = desk.run("sync", env={"CERTHOLDER_API_URL": "http://127.0.0.1:9", "CERTHOLDER_LOGIN_URL": "http://127.0.0.1:9",
                                 "CERTHOLDER_CLIENT_ID": "a", "CERTHOLDER_CLIENT_SECRET": "b", "CERTHOLDER_COMPANY_ID": "1"})
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert done.stderr.startswith("certholderctl: sync: "), done.stderr


def case_damaged_database():
    """A damaged database is 4, says so, and is left as it is"""
    desk = Desk()
    desk.json("projects")
    file = desk.path / "data" / "certholder.db"
    for more in ("-wal", "-shm"):
        (desk.path / "data" / ("certholder.db" + more)).unlink(missing_ok=True)
    file.write_bytes(b"this is no database at all" * 100)
    before = file.read_bytes()
    done = desk.run("projects")
    assert done.returncode == 4 and done.stderr, (done.returncode, done.stderr)
    assert file.read_bytes() == before


def case_bad_clock():
    """A CERTHOLDER_NOW that is no instant is refused"""
    done = Desk().run("status", now="yesterday")
    assert done.returncode in (2, 4) and "CERTHOLDER_NOW" in done.stderr, (done.returncode, done.stderr)


tap.run(case_usage, case_help, case_empty, case_evaluate, case_evaluate_nonsense, case_requirements, case_requirements_typo,
        case_read_sample, case_read_bad_files, case_read_many, case_read_progress, case_read_interrupted, case_add_without_sub, case_not_signed_in, case_plain_http,
        case_unreachable, case_damaged_database, case_bad_clock)
