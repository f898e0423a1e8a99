"""A project started in Procore, its sub's certificate, the five places, and the day it lapses: over real HTTP."""

import datetime
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import story
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
HOLDER = "Harbor & Main Builders, Inc."


class World:
    """The sandbox and a desk that is signed in to it, with a requirement set for the whole company."""

    def __init__(self, requirements=True, options=("--story", "demo")):
        self.sandbox = story.Sandbox(BUILD, *options)
        self.desk = story.Desk(BUILD, self.sandbox)
        if requirements:
            file = self.desk.folder / "requirements.json"
            file.write_text(story.json.dumps(story.REQUIREMENTS))
            imported = self.desk.run("requirements", "import", file)
            self.desk.run("requirements", "assign", imported["id"], "--company")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desk.close()
        self.sandbox.close()

    def start_project(self, name, n_subs=2):
        """A person starts a project in Procore and puts subs with commitments on it."""
        vendors = [v["id"] for v in self.sandbox.vendors() if v["is_active"]][:n_subs]
        project = self.sandbox.admin("POST", "projects", {"name": name, "vendor_ids": vendors})["id"]
        for vendor in vendors:
            self.sandbox.admin("POST", "commitments", {"project_id": project, "vendor_id": vendor, "kind": "work_order_contract",
                                                       "title": "Works"})
        return project, vendors

    def writes(self):
        return [r for r in self.sandbox.admin("GET", "journal") if r["method"] != "GET" and r["path"].startswith("/rest/")]

    def add_certificate(self, vendor, effective, expiration, number="1", approve=True, **more):
        record = next(v for v in self.sandbox.vendors() if v["id"] == vendor)
        values = story.certificate_for(record["name"], "88 Orchard Road\nSalem, OR 97301", HOLDER, effective, expiration, number)
        file = self.desk.draw(values, f"certificate-{number}")
        words = ["add", file, "--sub", vendor] + (["--approve"] if approve else [])
        return self.desk.run(*words, **more)[0]


def today(offset=0):
    return (datetime.date.today() + datetime.timedelta(days=offset)).isoformat()


def case_new_project():
    """A project started in Procore appears with its subs after a sync, and Procore is told that nothing is on file"""
    with World() as world:
        world.desk.run("sync")
        before = {p["id"] for p in world.desk.run("projects")}
        project, vendors = world.start_project("Riverside Clinic")
        world.desk.run("sync")
        assert {p["id"] for p in world.desk.run("projects")} - before == {project}
        assert {s["id"] for s in world.desk.run("subs", "--project", project)} == set(vendors)
        for vendor in vendors:
            assert world.sandbox.overall(project, vendor)["status"] == "unregistered"
            assert not world.sandbox.overall(project, vendor)["enable_expired_insurance_notifications"]


def case_story():
    """An approved certificate stands in all five places, and lapses at 12:01 AM without anybody's doing"""
    with World() as world:
        project, vendors = world.start_project("Riverside Clinic")
        vendor = vendors[0]
        world.desk.run("sync")
        added = world.add_certificate(vendor, today(-100), today(265))
        assert (added["sub"], added["status"]) == (vendor, "approved"), added
        world.desk.run("sync")
        good = {"policy": "compliant", "overall": "compliant", "commitment": "compliant", "link": "1 ok"}
        seen, right = story.five_places(world.sandbox, project, vendor, good)
        assert all(right.values()), (seen, right)

        # Five seconds before the policies end in the project's zone, with the worker running.
        zone = next(p for p in world.sandbox.projects() if p["id"] == project).get("tz_name") or "UTC"
        from zoneinfo import ZoneInfo
        end = datetime.datetime.fromisoformat(today(265) + "T00:01:00").replace(tzinfo=ZoneInfo(zone))
        start = (end - datetime.timedelta(seconds=5)).astimezone(datetime.timezone.utc)
        world.desk.watch(interval=60, now=start.strftime("%Y-%m-%dT%H:%M:%SZ"))
        bad = {"policy": "expired", "overall": "expired", "commitment": "not_compliant", "link": "not compliant"}
        story.until(lambda: all(story.five_places(world.sandbox, project, vendor, bad)[1].values()), seconds=90)
        world.desk.stop_watching()


def case_second_sync():
    """A second sync with nothing changed sends no write at all"""
    with World() as world:
        project, vendors = world.start_project("Riverside Clinic")
        world.desk.run("sync")
        world.add_certificate(vendors[0], today(-100), today(265))
        world.desk.run("sync")
        before = len(world.writes())
        assert before > 0
        summary = world.desk.run("sync")
        assert len(world.writes()) == before, world.writes()[before:]
        assert summary["pushed"] == {"insurances": 0, "commitments": 0, "files": 0, "links": 0}, summary
        assert summary["pending"] == 0


def case_kill():
    """Killed at any moment of a sync and run again, there is no duplicate and nothing is lost"""
    with World() as world:
        project, vendors = world.start_project("Riverside Clinic")
        world.desk.run("sync")
        world.add_certificate(vendors[0], today(-100), today(265))
        for delay in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.3):
            process = story.subprocess.Popen(world.desk.command("sync"), env=world.desk.environment,
                                             stdout=story.subprocess.DEVNULL, stderr=story.subprocess.DEVNULL)
            try:
                process.wait(timeout=delay)
            except story.subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        summary = world.desk.run("sync")
        assert summary["pending"] == 0 and summary["conflicts"] == 0, summary
        good = {"policy": "compliant", "overall": "compliant", "commitment": "compliant", "link": "1 ok"}
        seen, right = story.five_places(world.sandbox, project, vendors[0], good)
        assert all(right.values()), (seen, right)
        ours = [i["origin_id"] for i in world.sandbox.company_insurances() if (i.get("origin_id") or "").startswith("certholder:")]
        assert len(ours) == len(set(ours)) == 4, ours
        files = [p for p in world.sandbox.files(project) if p.startswith("Insurance certificates/")]
        assert len(files) == 2, files
        assert world.desk.run("verify")["ok"]


def case_others():
    """Records, links and files that others made are left as they were"""
    with World() as world:
        sandbox = world.sandbox

        def others():
            state = {"insurances": [i for i in sandbox.company_insurances() if not (i.get("origin_id") or "").startswith("certholder:")]}
            for project in [p["id"] for p in sandbox.projects()]:
                state[f"insurances of {project}"] = [i for i in sandbox.project_insurances(project)
                                                     if not (i.get("origin_id") or "").startswith("certholder:")]
                state[f"links of {project}"] = [(k["id"], k["title"], k["url"]) for k in sandbox.links(project)
                                                if not k["title"].startswith("Insurance:")]
                state[f"files of {project}"] = sorted(p for p in sandbox.files(project) if not p.startswith("Insurance certificates/"))
            return state

        before = others()
        world.desk.run("sync")
        assert world.writes()
        assert others() == before


def case_nobody_asked():
    """Without a requirement set nothing is written to Procore"""
    with World(requirements=False) as world:
        world.desk.run("sync")
        assert world.writes() == []
        assert {s["status"] for s in world.desk.run("status", expect=(0, 1))} == {"not_required"}


def case_forbidden_tool():
    """403 on one tool is told plainly, and the other places are kept current"""
    with World() as world:
        project, vendors = world.start_project("Riverside Clinic")
        world.sandbox.admin("POST", "faults", {"method": "*", "path": "/rest/v2.0/companies/*/projects/*/links*", "kind": "status",
                                               "status": 403})
        done = story.subprocess.run(world.desk.command("sync"), env=world.desk.environment, capture_output=True, text=True,
                                    check=False)
        assert done.returncode == 3, (done.returncode, done.stderr)
        assert world.sandbox.overall(project, vendors[0])["status"] == "unregistered"
        assert all(c["insurance_status"] == "not_compliant" for c in world.sandbox.compliance(project, vendors[0]))


def case_two_syncs():
    """A second program on the same database is told who syncs, with 4, and the first goes on"""
    with World() as world:
        world.desk.run("sync")
        world.desk.watch(interval=60)
        try:
            story.until(lambda: world.desk.run("sync", expect=None) is None
                        and story.subprocess.run(world.desk.command("sync"), env=world.desk.environment, capture_output=True,
                                                 check=False).returncode == 4, seconds=30)
            assert world.desk.run("projects")
        finally:
            world.desk.stop_watching()


tap.run(case_new_project, case_story, case_second_sync, case_kill, case_others, case_nobody_asked, case_forbidden_tool,
        case_two_syncs)
