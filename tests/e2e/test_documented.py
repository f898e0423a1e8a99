"""The whole story before a Procore that keeps to its documents and to nothing else."""

import datetime
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import documented
import proxy
import story
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
SHARED = pathlib.Path(os.environ.get("CERTHOLDER_SHARED_DIR", story.SOURCE.parent / "shared")) / "procore"
HOLDER = "Harbor & Main Builders, Inc."
NOON = "2026-11-23T17:00:00Z"
LATER = "2027-06-02T17:00:00Z"


class World:
    """A sandbox, what stands before it, and a desk that knows only that."""

    def __init__(self, **options):
        self.sandbox = story.Sandbox(BUILD, "--story", "demo")
        self.proxy = proxy.Proxy(self.sandbox.url, **options)
        self.desk = story.Desk(BUILD, self.sandbox)
        self.desk.environment.update(CERTHOLDER_API_URL=self.proxy.url, CERTHOLDER_LOGIN_URL=self.proxy.url)
        file = self.desk.folder / "requirements.json"
        file.write_text(story.json.dumps(story.REQUIREMENTS))
        imported = self.desk.run("requirements", "import", file, now=NOON)
        self.desk.run("requirements", "assign", imported["id"], "--company", now=NOON)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desk.close()
        self.proxy.close()
        self.sandbox.close()

    def run(self, *words, **more):
        return self.desk.run(*words, **{"now": NOON, **more})

    def sync(self, now=NOON, expect=(0,)):
        """Rounds until nothing waits."""
        for _ in range(5):
            summary = self.desk.run("sync", now=now, expect=expect)
            if summary["pending"] == 0:
                return summary
        raise AssertionError(summary)

    def add(self, vendor, effective, expiration, number, approve=True):
        record = next(v for v in self.sandbox.vendors() if v["id"] == vendor)
        values = story.certificate_for(record["name"], "88 Orchard Road\nSalem, OR 97301", HOLDER, effective, expiration, number)
        words = ["add", self.desk.draw(values, f"certificate-{number}"), "--sub", vendor] + (["--approve"] if approve else [])
        return self.run(*words, expect=(0, 1))[0]

    def see(self, project, vendor, policy, overall, commitment, link):
        """That the five places say this."""
        seen, right = story.five_places(self.sandbox, project, vendor,
                                        {"policy": policy, "overall": overall, "commitment": commitment, "link": link})
        assert all(right.values()), (seen, right)


def play(world):
    """A project with its sub, a certificate, a rejection, people's edits and deletions, renamings, an end."""
    sandbox = world.sandbox
    world.run("login", "--client-credentials")
    world.run("doctor")
    vendor, other = [v["id"] for v in sandbox.vendors() if v["is_active"]][:2]
    project = sandbox.admin("POST", "projects", {"name": "Riverside Clinic", "vendor_ids": [vendor, other]})["id"]
    for kind in ("work_order_contract", "purchase_order_contract"):
        sandbox.admin("POST", "commitments", {"project_id": project, "vendor_id": vendor, "kind": kind, "title": "Works"})
    world.sync()
    assert {s["id"] for s in world.run("subs", "--project", project)} == {vendor, other}

    added = world.add(vendor, "2026-06-01", "2027-06-01", "1")
    assert added["status"] == "approved", added
    world.sync()
    world.see(project, vendor, "compliant", "compliant", "compliant", "1 ok")

    # Rejected: it counts for nothing, and the earlier one still holds.
    pending = world.add(vendor, "2026-10-01", "2027-10-01", "2", approve=False)
    world.sync()
    assert sandbox.overall(project, vendor)["status"] == "compliant_in_progress"
    world.run("review", pending["certificate"], "--reject", "not the form that was asked for")
    world.sync()
    world.see(project, vendor, "compliant", "compliant", "compliant", "1 ok")

    # A person edits a record of ours; the desk's value stands where the person is told to keep it.
    policy = next(i for i in sandbox.company_insurances()
                  if i["vendor_id"] == vendor and (i["origin_id"] or "").startswith("certholder:"))
    sandbox.admin("POST", f"insurances/{policy['id']}", {"notes": "Seen by Dana"})
    sandbox.admin("POST", f"insurances/{policy['id']}", {"status": "non_compliant"})
    world.sync(expect=(0, 1))
    for conflict in world.run("conflicts", expect=(0, 1)):
        world.run("conflicts", "settle", conflict["id"], "--keep", "certholder")
    world.sync(expect=(0, 1))

    # Renamed on the other side: the desk follows, and its own folders and records are no others.
    sandbox.admin("POST", f"projects/{project}", {"name": "Riverside Hospital"})
    sandbox.admin("POST", f"vendors/{vendor}", {"name": "Renamed & Sons, LLC"})
    world.sync(expect=(0, 1))
    assert "Riverside Hospital" in {p["name"] for p in world.run("projects")}
    assert "Renamed & Sons, LLC" in {s["name"] for s in world.run("subs")}
    ours = [i["origin_id"] for i in sandbox.company_insurances() if (i["origin_id"] or "").startswith("certholder:")]
    assert len(ours) == len(set(ours)), ours

    # Withdrawn: the other sub leaves the project.
    sandbox.admin("DELETE", f"projects/{project}/vendors/{other}")
    world.sync(expect=(0, 1))
    assert {s["id"] for s in world.run("subs", "--project", project)} == {vendor}

    # The policies end.
    world.sync(now=LATER, expect=(0, 1))
    assert sandbox.overall(project, vendor)["status"] == "expired"
    before = len([r for r in world.proxy.requests if r["method"] != "GET" and proxy.is_api(r)])
    world.sync(now=LATER, expect=(0, 1))
    assert len([r for r in world.proxy.requests if r["method"] != "GET" and proxy.is_api(r)]) == before
    assert world.run("verify")["ok"]


def case_documented():
    """Every request of the whole story is one that Procore documents: parameters, bodies, types, choices, what is required"""
    if not (SHARED / "endpoints.json").is_file():
        raise tap.Skip("Procore's endpoint descriptions are not here")
    endpoints = documented.load(SHARED)
    with World() as world:
        play(world)
        requests = [r for r in world.proxy.requests if r["path"].startswith(("/rest/", "/oauth/"))]
        storage = [r for r in world.proxy.requests if r["path"].startswith("/storage/")]
    wrong = sorted({what for request in requests for what in documented.check(endpoints, request)})
    assert not wrong, "\n".join(wrong)
    # The story is worth something: it went through every kind of write.
    kinds = {(r["method"], story.without_ids(r["path"])) for r in requests if r["method"] != "GET"}
    for kind in (("PATCH", "/rest/v1.0/companies/N/insurances/sync"), ("PATCH", "/rest/v1.0/projects/N/insurances/sync"),
                 ("PATCH", "/rest/v1.0/projects/N/work_order_contracts/N/compliance"),
                 ("PATCH", "/rest/v1.0/projects/N/purchase_order_contracts/N/compliance"),
                 ("POST", "/rest/v1.0/folders"), ("POST", "/rest/v1.1/projects/N/uploads"), ("POST", "/rest/v1.0/files"),
                 ("PATCH", "/rest/v1.0/files/N"), ("PATCH", "/rest/v2.0/companies/N/projects/N/links/bulk_update"),
                 ("POST", "/oauth/token")):
        assert kind in kinds, (kind, sorted(kinds))
    assert storage and not any("authorization" in r["headers"] or "procore-company-id" in r["headers"] for r in storage)


def case_checker():
    """The checker itself sees what is wrong with a request"""
    if not (SHARED / "endpoints.json").is_file():
        raise tap.Skip("Procore's endpoint descriptions are not here")
    endpoints = documented.load(SHARED)
    headers = {"authorization": "Bearer x", "procore-company-id": "1", "content-type": "application/json"}
    sync = {"method": "PATCH", "path": "/rest/v1.0/companies/1/insurances/sync", "query": "", "headers": headers}
    links = {"method": "PATCH", "path": "/rest/v2.0/companies/1/projects/2/links/bulk_update", "query": "", "headers": headers}
    projects = {"method": "GET", "path": "/rest/v1.1/projects", "headers": headers, "body": b""}
    good = [dict(sync, body=b'{"updates":[{"origin_id":"a","vendor_id":4,"status":"compliant","expiration_date":null}]}'),
            dict(links, body=b'[{"title":"a","url":"b"}]'),
            dict(projects, query="company_id=1&filters%5Bupdated_at%5D=2026-01-01T00:00:00Z...2099-12-31T23:59:59Z&view=ids")]
    bad = [dict(sync, body=b'{"updates":[{"status":"fine"}]}'), dict(sync, body=b'{"updates":[{"vendor_id":"4"}]}'),
           dict(sync, body=b'{"updates":[{"color":"red"}]}'), dict(sync, body=b"{}"), dict(sync, body=b'{"updates":[{"notes":null}]}'),
           dict(sync, body=b'{"updates":[{"effective_date":"1/2/2026"}]}'), dict(sync, body=b'{"updates":[]}', query="page=1"),
           dict(sync, body=b'{"updates":[]}', path="/rest/v1.0/companies/x/insurances/sync"),
           dict(sync, body=b'{"updates":[]}', headers={}), dict(links, body=b'[{"title":"a"}]'), dict(links, body=b'{"links":[]}'),
           dict(projects, query=""), dict(projects, query="company_id=1&view=all"), dict(projects, query="company_id=1&order=up"),
           dict(projects, query="company_id=1&filters%5Bupdated_at%5D=2026-01-01"),
           dict(projects, path="/rest/v9.9/projects", query="")]
    for request in good:
        assert documented.check(endpoints, request) == [], (request, documented.check(endpoints, request))
    for request in bad:
        assert documented.check(endpoints, request), request


def case_bare():
    """A Procore that sends no paging and no limit headers is read to the end"""
    with World(disguise=proxy.drop_headers("Link", "Total", "Per-Page", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining",
                                           "X-Rate-Limit-Reset")) as world:
        play(world)


def case_short_pages():
    """Pages shorter than asked for are followed by their links"""
    with World(longest=3) as world:
        play(world)


def case_short_pages_without_links():
    """And without links by the total, or to a page that brings nothing"""
    for headers in (("Link",), ("Link", "Total", "Per-Page")):
        with World(longest=7, disguise=proxy.drop_headers(*headers)) as world:
            world.sync()
            assert len(world.run("subs")) == len(world.sandbox.vendors()) + len(world.sandbox.get(
                f"/rest/v1.0/companies/{world.sandbox.company_id()}/vendors/inactive", per_page=2000))


def case_ids_as_text():
    """Ids that come as text are the same ids"""
    with World(disguise=proxy.change_json(proxy.ids_as_text)) as world:
        play(world)


def case_more_members():
    """Members that nobody knows change nothing"""
    with World(disguise=proxy.change_json(proxy.more_members)) as world:
        play(world)


def case_nulls_left_out():
    """What is null may as well not be there"""
    with World(disguise=proxy.change_json(proxy.nulls_left_out)) as world:
        play(world)


def case_own_spelling():
    """Texts that come back in Procore's own spelling are agreed on, not fought over"""
    with World(disguise=proxy.change_json(proxy.own_spelling)) as world:
        play(world)


tap.run(case_checker, case_documented, case_bare, case_short_pages, case_short_pages_without_links, case_ids_as_text,
        case_more_members, case_nulls_left_out, case_own_spelling)
