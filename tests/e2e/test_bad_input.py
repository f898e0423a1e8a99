"""What goes wrong in offices: broken files, refused tools, nonsense in answers, full disks, two programs on one desk."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import proxy
import story
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
SAMPLE = sorted((BUILD / "data" / "samples").glob("*.pdf"))[0]
NOON = "2026-11-23T17:00:00Z"


class World:
    """A sandbox behind a proxy, and a desk that asks something of every sub."""

    def __init__(self, folder=None, **options):
        self.sandbox = story.Sandbox(BUILD, "--story", "demo")
        self.proxy = proxy.Proxy(self.sandbox.url, **options)
        self.desk = story.Desk(BUILD, self.sandbox, folder)
        self.desk.environment.update(CERTHOLDER_API_URL=self.proxy.url, CERTHOLDER_LOGIN_URL=self.proxy.url, CERTHOLDER_NOW=NOON)
        file = self.desk.folder / "requirements.json"
        file.write_text(json.dumps(story.REQUIREMENTS))
        self.desk.run("requirements", "import", file)
        self.desk.run("requirements", "assign", "Company standard", "--company")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desk.close()
        self.proxy.close()
        self.sandbox.close()

    def run(self, *words):
        """The exit status, what was printed as JSON, and what was said. A message is one line, and then perhaps a hint."""
        done = subprocess.run(self.desk.command(*words), capture_output=True, text=True, env=self.desk.environment, timeout=300,
                              check=False)
        for line in done.stderr.splitlines():
            assert re.match(r"certholderctl: \S.*: \S|hint: \S", line), line
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None, done.stderr

    def draw(self, vendor, number="1"):
        name = next(v["name"] for v in self.sandbox.vendors() if v["id"] == vendor)
        return self.desk.draw(story.certificate_for(name, "88 Orchard Road\nSalem, OR 97301", "Harbor & Main Builders, Inc.",
                                                    "2026-06-01", "2027-06-01", number), f"certificate-{number}")

    def add(self, vendor):
        code, answers, err = self.run("add", self.draw(vendor), "--sub", vendor, "--approve")
        assert code == 0 and answers[0]["status"] == "approved", (code, answers, err)

    def start_project(self):
        vendor = next(v["id"] for v in self.sandbox.vendors() if v["is_active"])
        project = self.sandbox.admin("POST", "projects", {"name": "Riverside Clinic", "vendor_ids": [vendor]})["id"]
        commitment = self.sandbox.admin("POST", "commitments", {"project_id": project, "vendor_id": vendor, "title": "Works",
                                                                "kind": "work_order_contract"})["id"]
        return project, vendor, commitment

    def count(self, method=None, path=None):
        return len([r for r in self.proxy.requests if method in (None, r["method"]) and re.search(path or "", r["path"])])

    def check_rest(self):
        """After all that, two more syncs: the first brings everything over, the second has nothing to write."""
        code, summary, err = self.run("sync")
        assert code in (0, 1) and summary["pending"] == 0, (code, summary, err)
        before = len([r for r in self.proxy.requests if r["method"] != "GET"])
        code, summary, err = self.run("sync")
        assert code in (0, 1) and not any(summary["pushed"].values()), (code, summary, err)
        writes = [r for r in self.proxy.requests if r["method"] != "GET" and r["path"] != "/oauth/token"][before:]
        assert not [r for r in writes if r["path"].startswith("/rest/")], writes
        assert self.run("verify")[0] == 0
        for kind in ("company", "project"):
            seen = []
            for place in [None] if kind == "company" else [p["id"] for p in self.sandbox.projects()]:
                records = self.sandbox.company_insurances() if place is None else self.sandbox.project_insurances(place)
                seen += [r["origin_id"] for r in records if (r["origin_id"] or "").startswith("certholder:")]
            assert len(seen) == len(set(seen)), seen


def make_files(folder):
    """Files of the kinds that people send, by name."""
    def pages(n):
        objects = ["<< /Type /Catalog /Pages 2 0 R >>",
                   f"<< /Type /Pages /Count {n} /Kids [{' '.join(f'{3 + i} 0 R' for i in range(n))}] >>"]
        objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"] * n
        out, places = b"%PDF-1.4\n", []
        for number, text in enumerate(objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n{text}\nendobj\n".encode()
        table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table
                + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode())

    good = SAMPLE.read_bytes()
    files = {"empty": b"", "broken": good[:700], "cut": good[:len(good) // 2], "text": b"Please find attached our certificate.",
             "noise": b"%PDF-1.7\n" + os.urandom(20000), "many": pages(500), "blank": pages(1), "good": good}
    found = {}
    for name, content in files.items():
        found[name] = folder / f"{name}.pdf"
        found[name].write_bytes(content)
    found["huge"] = folder / "huge.pdf"
    found["huge"].write_bytes(good)
    os.truncate(found["huge"], 200 * 1024 * 1024)
    found["encrypted"] = folder / "encrypted.pdf"
    subprocess.run(["qpdf", "--encrypt", "secret", "owner", "256", "--", SAMPLE, found["encrypted"]], check=True)
    found["pipe"] = folder / "pipe.pdf"
    os.mkfifo(found["pipe"])
    found["folder"] = folder / "folder.pdf"
    found["folder"].mkdir()
    found["absent"] = folder / "absent.pdf"
    return found


# Each kind of file: what the message has to say. Those marked are kept for a person, since they may hold a certificate.
FILES = {"empty": ("is empty", False), "broken": ("damaged", True), "cut": ("damaged", True), "text": ("neither a PDF", False),
         "noise": ("damaged", True), "many": ("500 pages", False), "blank": ("Nothing can be recognised", True), "huge": ("MB", False),
         "encrypted": ("password", True), "pipe": ("no file", False), "folder": ("no file", False), "absent": ("No such file", False)}


def case_files():
    """Each bad file gets a message that says what to do, the good one beside them is taken, and what may matter is kept"""
    with tempfile.TemporaryDirectory() as name, World() as world:
        files = make_files(pathlib.Path(name))
        code, answers, err = world.run("read", *files.values())
        assert code == 1 and len(answers) == len(files), (code, answers)
        for (kind, file), answer in zip(files.items(), answers):
            assert answer["file"] == str(file), answer
            if kind == "good":
                assert answer["certificate"]["policies"] and str(file) not in err, answer
            else:
                assert FILES[kind][0] in answer["error"], (kind, answer["error"])
                assert f"certholderctl: {file}: " in err, (kind, err)
        assert world.run("certificates") == (0, [], "")

        code, answers, err = world.run("add", *files.values())
        assert code == 1, (code, err)
        kept = {kind for kind, (_, keeps) in FILES.items() if keeps} | {"good"}
        assert {answer["file"] for answer in answers} == {str(files[kind]) for kind in kept}, answers
        listed = {c["name"]: c for c in world.run("certificates")[1]}
        assert set(listed) == {files[kind].name for kind in kept}, listed
        for kind in kept - {"good"}:
            assert FILES[kind][0] in listed[files[kind].name]["problem"], listed[files[kind].name]
        for kind, file in files.items():
            assert kind == "good" or f"certholderctl: {file}: " in err, (kind, err)
        assert world.run("verify")[0] == 0


def case_forbidden():
    """403 on one tool is told with whom to ask; the others are served, and the tool is not asked again and again"""
    for path, word in (("*/links*", "home links"), ("*/compliance", "commitment"), ("*/uploads", "documents"),
                       ("*/projects/*/insurances/sync", "project insurance")):
        with World() as world:
            assert world.run("sync")[0] == 0
            project, vendor, _ = world.start_project()
            world.add(vendor)
            world.sandbox.admin("POST", "faults", {"method": "*", "path": "/rest/" + path, "kind": "status", "status": 403})
            code, summary, err = world.run("sync")
            assert code == 3 and summary["pending"] > 0, (path, code, summary)
            assert any(word in problem and "administrator" in problem for problem in summary["problems"]), (path, summary["problems"])
            asked = [(r["method"], r["path"]) for r in world.proxy.requests if r["status"] == 403]
            assert asked and len(asked) == len(set(asked)), (path, asked)
            assert len(asked) <= 2 * len(world.sandbox.projects()), (path, len(asked))
            world.sandbox.admin("DELETE", "faults")
            seen, right = story.five_places(world.sandbox, project, vendor, {"policy": "compliant", "overall": "compliant",
                                                                             "commitment": "compliant", "link": "1 ok"})
            place = {"home links": "home link", "commitment": "commitment compliance", "documents": "documents",
                     "project insurance": "project insurance"}[word]
            assert [name for name, is_right in right.items() if not is_right] == [place], (path, seen)
            world.check_rest()


def case_not_connected():
    """An app that is not connected to the company is told as that, and stops asking"""
    with World(disguise=lambda request, status, headers, body:
               (403, headers, b'{"errors":"App is not connected to this company"}') if proxy.is_api(request) else (status, headers, body)) as world:
        code, _, err = world.run("sync")
        assert code == 3 and "not connected" in err and "hint: ask your Procore administrator to install" in err, (code, err)
        assert world.count(path="^/rest/") == 1


def case_nonsense():
    """Malformed answers pass where they come once; where they stay they are told, and asked a bounded number of times"""
    with World() as world:
        world.start_project()
        world.sandbox.admin("POST", "faults", {"method": "*", "path": "/rest/*", "kind": "malformed", "count": 3})
        code, summary, err = world.run("sync")
        assert code in (0, 3), (code, summary, err)
        world.sandbox.admin("DELETE", "faults")
        world.sandbox.admin("POST", "faults", {"method": "*", "path": "*/companies/*/insurances*", "kind": "malformed"})
        before = len(world.proxy.requests)
        code, summary, err = world.run("sync")
        assert code == 3 and any("makes no sense" in p or "no list" in p for p in summary["problems"]), (code, summary)
        asked = [r for r in world.proxy.requests[before:] if "/companies/" in r["path"] and "insurances" in r["path"]]
        assert len(asked) <= 12, len(asked)
        world.sandbox.admin("DELETE", "faults")
        world.check_rest()


def case_html():
    """A maintenance page instead of answers: 3, and nothing here is touched"""
    page = b"<!doctype html><title>Maintenance</title><h1>We'll be right back</h1>"
    broken = {"on": False}

    def disguise(request, status, headers, body):
        return (200, [("Content-Type", "text/html")], page) if broken["on"] and proxy.is_api(request) else (status, headers, body)

    with World(disguise=disguise) as world:
        world.start_project()
        assert world.run("sync")[0] == 0
        projects = world.run("projects")
        broken["on"] = True
        code, _, err = world.run("sync")
        assert code == 3 and "makes no sense" in err, (code, err)
        assert world.run("projects") == projects
        broken["on"] = False
        world.check_rest()


def case_deleted_while_pushing():
    """What is deleted in Procore while it is being written: nothing is repeated, nothing is made again behind a person's back"""
    doors = {"commitment": (r"/compliance$", lambda w, p, v, c: w.sandbox.admin("DELETE", f"commitments/{c}")),
             "membership": (r"/projects/\d+/insurances/sync$", lambda w, p, v, c: w.sandbox.admin("DELETE", f"projects/{p}/vendors/{v}")),
             "vendor": (r"/companies/\d+/insurances/sync$", lambda w, p, v, c: w.sandbox.admin("DELETE", f"vendors/{v}")),
             "project": (r"/folders$|/files$|/uploads$", lambda w, p, v, c: w.sandbox.admin("DELETE", f"projects/{p}"))}
    for name, (path, delete) in doors.items():
        with World() as world:
            assert world.run("sync")[0] == 0
            project, vendor, commitment = world.start_project()
            world.run("sync")
            world.add(vendor)
            done = []

            def before(request):
                about = str(project) in request["path"] + request["query"] or "/companies/" in request["path"]
                if request["method"] != "GET" and about and re.search(path, request["path"]) and not done:
                    done.append(request["path"])
                    delete(world, project, vendor, commitment)

            world.proxy.before = before
            code, summary, err = world.run("sync")
            assert done, name
            assert code in (0, 1, 3), (name, code, err)
            world.proxy.before = None
            for _ in range(2):
                code, summary, err = world.run("sync")
            before_last = len(world.proxy.requests)
            code, summary, err = world.run("sync")
            writes = [(r["method"], r["path"]) for r in world.proxy.requests[before_last:] if r["method"] != "GET" and proxy.is_api(r)]
            assert not writes, (name, writes)
            assert world.run("verify")[0] == 0


def case_our_record_deleted():
    """A record of ours that a person deletes is not made again behind their back; what the desk then has to say is asked about"""
    with World() as world:
        assert world.run("sync")[0] == 0
        project, vendor, _ = world.start_project()
        world.add(vendor)
        assert world.run("sync")[0] == 0
        record = world.sandbox.overall(project, vendor)
        world.sandbox.admin("DELETE", f"insurances/{record['id']}")
        code, summary, _ = world.run("sync")
        assert code == 0 and summary["conflicts"] == 0, (code, summary)
        assert world.sandbox.overall(project, vendor) is None
        world.check_rest()
        assert world.sandbox.overall(project, vendor) is None

        other, vendor, _ = world.start_project()
        assert world.run("sync")[0] == 0
        record = world.sandbox.overall(other, vendor)
        world.desk.environment["CERTHOLDER_NOW"] = "2027-07-01T17:00:00Z"
        assert world.run("status")[0] == 1
        world.sandbox.admin("DELETE", f"insurances/{record['id']}")
        code, summary, _ = world.run("sync")
        assert code == 1 and summary["conflicts"] == 1, (code, summary)
        assert world.sandbox.overall(other, vendor) is None
        code, conflicts, _ = world.run("conflicts")
        assert code == 1 and len(conflicts) == 1 and conflicts[0]["sub"] == vendor, conflicts
        assert world.run("conflicts", "settle", conflicts[0]["id"], "--keep", "certholder")[0] == 0
        assert world.run("sync")[0] == 0
        assert world.sandbox.overall(other, vendor)["status"] == "expired"
        world.check_rest()


def case_offline():
    """Without a network: 3 with a hint; what the desk does meanwhile is kept and brought over afterwards"""
    with World() as world:
        project, vendor, _ = world.start_project()
        assert world.run("sync")[0] == 0
        address = world.desk.environment["CERTHOLDER_API_URL"]
        world.desk.environment.update(CERTHOLDER_API_URL="http://127.0.0.1:9", CERTHOLDER_LOGIN_URL="http://127.0.0.1:9")
        code, _, err = world.run("sync")
        assert code == 3 and "can't be reached" in err and "hint: check the network" in err, (code, err)
        world.add(vendor)
        world.desk.environment.update(CERTHOLDER_API_URL=address, CERTHOLDER_LOGIN_URL=address)
        world.check_rest()
        assert world.sandbox.overall(project, vendor)["status"] == "compliant"


def case_limits():
    """A Procore that allows few requests is waited for, and never asked when nothing is left"""
    with World() as world:
        world.start_project()
        world.run("sync")
    sandbox = story.Sandbox(BUILD, "--story", "demo", "--limit-spike", "40")
    try:
        desk = story.Desk(BUILD, sandbox)
        before = proxy.Proxy(sandbox.url)
        desk.environment.update(CERTHOLDER_API_URL=before.url, CERTHOLDER_LOGIN_URL=before.url)
        assert subprocess.run(desk.command("sync"), env=desk.environment, capture_output=True, check=False).returncode == 0
        assert [r["status"] for r in before.requests if r["path"].startswith("/rest/")].count(429) == 0
        before.close()
        desk.close()
    finally:
        sandbox.close()


def case_two_programs():
    """A second program that wants to sync is told who does, with 4; everything else goes on beside the first"""
    with World() as world:
        _, vendor, _ = world.start_project()
        assert world.run("sync")[0] == 0
        world.desk.watch(interval=60)
        try:
            code, _, err = story.until(lambda: (lambda r: r if r[0] == 4 else None)(world.run("sync")), seconds=30)
            assert str(world.desk.watcher.pid) in err, err
            assert world.run("projects")[0] == 0
            world.add(vendor)
            assert world.run("status")[0] in (0, 1)
            story.until(lambda: any(i["vendor_id"] == vendor and i["origin_id"] for i in world.sandbox.company_insurances()), seconds=60)
        finally:
            world.desk.stop_watching()
        world.check_rest()


def fill(folder, leave):
    space = os.statvfs(folder)
    size = space.f_bavail * space.f_frsize - leave
    if size > 0:
        (folder / "filler").write_bytes(b"x" * size)


def full_disk(folder):
    """Runs where FOLDER is a small file system of its own."""
    with World(folder / "desk") as world:
        for leave in (0, 50_000, 200_000, 600_000):
            fill(folder, leave)
            code, _, err = world.run("sync")
            assert code == 4 and "The disk is full" in err, (leave, code, err)
            (folder / "filler").unlink()
            assert world.run("verify")[0] == 0
        world.check_rest()

        _, vendor, _ = world.start_project()
        file = world.draw(vendor)
        for leave in (0, 16_384, 60_000):
            fill(folder, leave)
            code, _, err = world.run("add", file, "--sub", vendor, "--approve")
            assert code == 4 and "The disk is full" in err, (leave, code, err)
            (folder / "filler").unlink()
            assert world.run("certificates")[1] == []
        assert world.run("add", file, "--sub", vendor, "--approve")[0] == 0

        # Full in the middle of the push: what was written in Procore and could not be noted here is found again.
        def fill_up(request):
            if request["method"] == "PATCH" and not (folder / "filler").exists():
                fill(folder, 0)

        world.proxy.before = fill_up
        code, _, err = world.run("sync")
        assert code == 4 and "The disk is full" in err, (code, err)
        world.proxy.before = None
        (folder / "filler").unlink()
        world.check_rest()


def case_full_disk():
    """A full disk during a sync and during add: 4, and when there is space again nothing is missing and nothing is there twice"""
    with tempfile.TemporaryDirectory(prefix="certholder-disk-") as folder:
        # As root, or in a user namespace as anybody: a file system of this process's own.
        script = f"mount -t tmpfs -o size=10m tmpfs {folder} && exec {sys.executable} {__file__} --full-disk {folder}"
        unshare = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
        if subprocess.run([*unshare, "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False).returncode:
            raise tap.Skip("no file system can be mounted here")
        done = subprocess.run([*unshare, "sh", "-c", script], capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr


if sys.argv[1:2] == ["--full-disk"]:
    full_disk(pathlib.Path(sys.argv[2]))
else:
    tap.run(case_files, case_forbidden, case_not_connected, case_nonsense, case_html, case_deleted_while_pushing,
            case_our_record_deleted, case_offline, case_limits, case_two_programs, case_full_disk)
