"""The desk's acts from the command line, on the bundled sandbox: whose a certificate is, the review, the audit trail."""

import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import story
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
NOW = "2026-11-23T16:00:00Z"
REQUIREMENTS = {"schema": 1, "name": "GL", "warning_days": 30,
                "coverages": {"general_liability": {"minimum": {"each_occurrence": 1000000}}}}

sandbox = story.Sandbox(BUILD, "--story", "demo")
vendors = {v["name"]: v for v in sandbox.vendors()}


class Desk(story.Desk):
    """A database that has been synced once, with one requirement for all."""

    def __init__(self):
        super().__init__(BUILD, sandbox)
        self.run("sync", expect=(0, 1, 3))
        file = self.folder / "gl.json"
        file.write_text(json.dumps(REQUIREMENTS))
        self.run("requirements", "import", file)
        self.run("requirements", "assign", "GL", "--company")

    def run(self, *words, now=NOW, expect=(0,)):
        return super().run(*words, now=now, expect=expect)

    def add(self, *words, expect=(0,), **values):
        certificate = make_certificate(**values)
        return self.run("add", self.draw(certificate, values.get("file", "certificate")), *words, expect=expect)[0]

    def review(self, certificate, *words, expect=(0,)):
        return self.run("review", certificate, *words, expect=expect)

    def certificate(self, uuid):
        return next(c for c in self.run("certificates") if c["id"] == uuid)

    def statuses(self, vendor):
        return {s["status"] for s in self.run("status", "--sub", vendor["id"], expect=(0, 1))}


def make_certificate(insured="Blue Heron Electric, LLC", number="GL-2026-1", limit=1000000, description=None, address=None, **_):
    certificate = {
        "form": "ACORD 25", "edition": "2016/03", "date": "2026-11-02",
        "producer": {"name": "Lakeside Insurance Agency", "contact": "Kim Alvarez", "phone": "(503) 555-0199",
                     "email": "kim@lakeside.example"},
        "insured": {"name": insured, "address": "1200 SE Division St\nPortland, OR 97201" if address is None else address},
        "insurers": [{"letter": "A", "name": "Granite Mutual Insurance Company", "naic": "23043"}],
        "policies": [{"coverage": "general_liability", "insurer": "A", "policy_number": number,
                      "effective": "2026-07-01", "expiration": "2027-07-01", "basis": "occurrence",
                      "limits": {"each_occurrence": limit, "general_aggregate": 2 * limit}}],
        "certificate_holder": {"name": "Harbor & Main Builders, Inc.", "address": "10 Main St\nPortland, OR 97204"},
    }
    if description:
        certificate["description_of_operations"] = description
    return certificate


def case_review_round():
    """A certificate is approved, opened again, corrected and rejected; each step shows in status and events"""
    desk = Desk()
    heron = vendors["Blue Heron Electric, LLC"]
    added = desk.add()
    assert added["sub"] == heron["id"] and added["status"] == "pending" and added["matched_by"], added
    assert desk.statuses(heron) == {"pending"}
    uuid = added["certificate"]
    row = desk.run("status", "--sub", heron["id"], expect=(1,))[0]
    assert row["decision"] == "missing" and row["pending"] == uuid and row["pending_since"] == NOW, row
    assert row["summary"] == "Nothing on file since this morning; a new certificate under review since this morning", row
    assert desk.review(uuid, "--approve")["status"] == "approved"
    assert desk.statuses(heron) == {"compliant"}
    assert desk.review(uuid, "--reopen")["status"] == "pending"
    assert desk.statuses(heron) == {"pending"}
    path = "policies[0].limits.each_occurrence"
    assert desk.review(uuid, "--set", f"{path}=500000")["status"] == "pending"
    assert desk.certificate(uuid)["certificate"]["policies"][0]["limits"]["each_occurrence"] == 500000
    assert desk.review(uuid, "--approve")["status"] == "approved"
    assert desk.statuses(heron) == {"non_compliant"}
    assert desk.review(uuid, "--reject", "limit too low")["status"] == "rejected"
    assert desk.statuses(heron) == {"missing"}
    trail = [e for e in desk.run("events", "--sub", heron["id"]) if e["what"].startswith("certificate.")]
    assert [e["what"].split(".")[1] for e in trail] == ["added", "approved", "reopened", "corrected", "approved", "rejected"], trail
    assert trail[3]["detail"]["corrected"] == [{"path": path, "from": "1000000", "to": "500000"}], trail[3]
    assert trail[5]["detail"]["why"] == "limit too low" and trail[5]["detail"]["before"]["review"] == "approved", trail[5]
    assert all(e["who"].startswith("desk:") and e["at"] == NOW for e in trail), trail
    assert desk.run("verify") == {"ok": True, "problems": []}
    desk.close()


def case_review_assigns():
    """review says whose a certificate is and for which projects, and takes policies away"""
    desk = Desk()
    added = desk.add(insured="Somebody Nobody Knows, Inc.", expect=(1,))
    assert "sub" not in added, added
    uuid = added["certificate"]
    desk.review(uuid, "--approve", expect=(2,))
    sub = vendors["Northline Roofing, Inc."]["id"]
    project = desk.run("projects")[0]["id"]
    answer = desk.review(uuid, "--sub", sub, "--project", project, "--remove", "policies[0]", "--set",
                         "policies[1].coverage=umbrella_excess", "--set", "policies[1].policy_number=U-1", "--approve")
    assert answer["status"] == "approved" and answer["sub"] == sub, answer
    kept = desk.certificate(uuid)
    assert kept["projects"] == [project], kept
    assert [(p["coverage"], p["policy_number"]) for p in kept["certificate"]["policies"]] == [("umbrella_excess", "U-1")], kept
    assert {"path": "policies[0]", "read": "general_liability GL-2026-1"}.items() <= kept["corrections"][0].items(), kept
    # all or nothing: with one word that makes no sense nothing is done
    desk.review(uuid, "--sub", vendors["Kowalski Glass & Glazing Co."]["id"], "--set", "nonsense=1", expect=(2,))
    assert desk.certificate(uuid)["sub"] == sub
    desk.close()


def case_matching():
    """add says whose a certificate is and why, what it names, and that a file is on file already"""
    desk = Desk()
    projects = {p["name"]: p["id"] for p in desk.run("projects")}
    lofts = projects["Harbor Street Lofts"]
    heron = vendors["Blue Heron Electric, LLC"]
    added = desk.add(description="RE: Harbor Street Lofts. Certificate holder is an additional insured.")
    assert added["matched_by"].startswith("same legal name"), added
    best = added["matches"][0]
    assert best["sub"] == heron["id"] and best["score"] >= 0.9 and {"legal_name", "address"} <= set(best["reasons"]), added
    assert [(p["project"], p["reasons"][0]) for p in added["named_projects"]] == [(lofts, "project_name")], added
    assert added["projects"] == [] and "duplicate" not in added, added
    file = desk.folder / "certificate.pdf"
    again = desk.run("add", file)[0]
    assert (again["certificate"], again["duplicate"], again["duplicate_of"]) == (added["certificate"], "document", added["certificate"]), again
    saved_anew = desk.folder / "saved-anew.pdf"
    saved_anew.write_bytes(file.read_bytes() + b"\n% saved anew\n")
    again = desk.run("add", saved_anew)[0]
    assert (again["certificate"], again["duplicate"]) == (added["certificate"], "content"), again
    kept = desk.run("certificates")
    assert len(kept) == 1 and [c["name"] for c in kept[0]["copies"]] == ["saved-anew.pdf"], kept
    # a person says that it is somebody else's: that is told, not done
    other = vendors["Northline Roofing, Inc."]
    told = desk.run("add", file, "--sub", other["id"], expect=(1,))[0]
    assert told["sub"] == heron["id"], told
    # two are near each other: nobody is guessed, both are proposed
    near = desk.add(insured="Garcia Roofing, LLC", number="N-1", address="", file="near", expect=(1,))
    assert "sub" not in near and "matched_by" not in near and near["matches"], near
    assert desk.run("verify") == {"ok": True, "problems": []}
    desk.close()


def case_trade_names():
    """A certificate that shows the trade name is found, with the trade name as the reason"""
    desk = Desk()
    rosario = vendors["Rosario Plumbing, LLC"]
    for number, insured in enumerate(("Rosario Plumbing, LLC dba Rosario Rooter", "Rosario Rooter", "ROSARIO PLUMBING L.L.C.")):
        added = desk.add(insured=insured, number=f"R-{number}", address="", file=f"r{number}")
        assert added["sub"] == rosario["id"], (insured, added)
    assert "trade name" in desk.run("add", desk.folder / "r1.pdf")[0]["matched_by"]
    desk.close()


def case_request():
    """request prints a letter to the producer that lists what is missing, and records it; nothing is sent"""
    desk = Desk()
    heron = vendors["Blue Heron Electric, LLC"]
    added = desk.add(limit=500000)
    letter = desk.run("request", added["certificate"])
    assert letter["to"] == ["kim@lakeside.example"] and letter["sub"] == heron["id"], letter
    assert len(letter["findings"]) == 1 and "500,000" in letter["findings"][0], letter
    assert letter["findings"][0] in letter["body"] and "Kim Alvarez" in letter["body"], letter
    assert letter["mailto"].startswith("mailto:kim@lakeside.example?") and "\n" not in letter["mailto"], letter
    assert desk.run("events")[-1]["what"] == "correction.requested"
    assert desk.certificate(added["certificate"])["status"] == "pending"
    letter = desk.run("request", "--sub", vendors["Northline Roofing, Inc."]["id"])
    assert "please send certificates" in letter["subject"], letter
    for words in ([], [added["certificate"], "--sub", 1], ["--sub", "x"], ["nonsense"]):
        desk.run("request", *words, expect=(2,))
    desk.close()


def case_settings():
    """settings shows and changes how certificates are reviewed, and leaves a trace; wrong values are refused"""
    desk = Desk()
    listed = {s["name"]: s["value"] if "value" in s else None for s in desk.run("settings")}
    assert listed["review.second_person"] == "false" and listed["watched_folder"] is None, listed
    assert desk.run("settings", "review.second_person", "true")["value"] == "true"
    for words in (["review.second_person", "yes"], ["nonsense"], ["watched_folder", "/no/such/folder"], ["--unset"],
                  ["place.links", "true"], ["review.automatic", "true", "false"]):
        desk.run("settings", *words, expect=(2,))
    event = desk.run("events")[-1]
    assert event["what"] == "setting.changed" and event["detail"] == {"name": "review.second_person", "to": "true"}, event
    added = desk.add("--approve")
    assert added["status"] == "pending" and added["first_approved_by"], added
    answer = desk.review(added["certificate"], "--approve", expect=(2,))
    assert answer is None, answer
    assert desk.run("settings", "review.second_person", "--unset")["set"] is False
    assert desk.review(added["certificate"], "--approve")["status"] == "approved"
    desk.close()


def case_effective_requirements():
    """requirements effective tells what is asked of a sub on a project, and which set asks for it"""
    desk = Desk()
    heron = vendors["Blue Heron Electric, LLC"]
    project = next(s["project"] for s in desk.run("status", "--sub", heron["id"], expect=(0, 1)))
    file = desk.folder / "tower.json"
    file.write_text(json.dumps({"schema": 1, "name": "Tower", "warning_days": 10,
                                "coverages": {"automobile_liability": {"autos": "any"}, "cyber": {}}}))
    desk.run("requirements", "import", file)
    desk.run("requirements", "assign", "Tower", "--project", project)
    told = desk.run("requirements", "effective", "--project", project, "--sub", heron["id"])
    assert [(s["name"], s["version"], s["scope"]) for s in told["sets"]] == [("GL", 1, "company"), ("Tower", 1, "project")], told
    asked = told["requirements"]
    assert asked["warning_days"] == 10 and set(asked["coverages"]) == {"general_liability", "automobile_liability", "cyber"}, told
    origins = {path: origin["name"] for path, origin in told["origins"].items()}
    assert origins == {"warning_days": "Tower", "coverages.general_liability": "GL", "coverages.general_liability.minimum": "GL",
                       "coverages.automobile_liability": "Tower", "coverages.automobile_liability.autos": "Tower",
                       "coverages.cyber": "Tower"}, told
    for words in ([], ["--project", project], ["--sub", heron["id"]], ["--project", project, "--sub", heron["id"], "--commitment", 1],
                  ["--project", "x", "--sub", heron["id"]]):
        desk.run("requirements", "effective", *words, expect=(2,))
    for words in (["--project", 1, "--sub", heron["id"]], ["--project", project, "--sub", 1], ["--commitment", 1]):
        desk.run("requirements", "effective", *words, expect=(2, 4))
    desk.close()


def case_watched_folder():
    """watch takes in what is dropped into the watched folder, once, and leaves the file"""
    desk = Desk()
    folder = desk.folder / "drop"
    folder.mkdir()
    desk.run("settings", "watched_folder", folder)
    watch = subprocess.Popen(desk.command("watch", "--interval", "60"), env=dict(desk.environment, CERTHOLDER_NOW=NOW),
                             stdout=subprocess.PIPE, text=True)
    try:
        file = desk.draw(make_certificate(), "dropped")
        target = folder / "coi.pdf"
        data = file.read_bytes()
        with target.open("wb") as half:
            half.write(data[:1000])
            half.flush()
            half.write(data[1000:])
        event = next(e for e in map(json.loads, watch.stdout) if e["event"] == "taken")
        assert event["file"] == "coi.pdf" and len(event["certificates"]) == 1, event
        assert event["certificates"][0]["sub"] == vendors["Blue Heron Electric, LLC"]["id"], event
        assert target.exists()
    finally:
        watch.terminate()
        assert watch.wait(timeout=60) == 0
        watch.stdout.close()
    kept = desk.run("certificates")
    assert len(kept) == 1 and kept[0]["name"] == "coi.pdf" and kept[0]["status"] == "pending", kept
    assert desk.run("verify") == {"ok": True, "problems": []}
    desk.close()


try:
    tap.run(case_effective_requirements, case_settings, case_watched_folder, case_request, case_matching, case_trade_names, case_review_round, case_review_assigns)
finally:
    sandbox.close()
