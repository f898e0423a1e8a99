"""The story that the demo tells and the end-to-end test checks, step by step, as Procore shows it.

A sandbox Procore and the real programs, over real HTTP. What Procore shows is asked of its documented API with a sign-in
of its own, never of our database.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"
# The one who looks asks far more often than Procore allows; the limits have tests of their own.
LIMITS = ("--limit-hourly", "1000000", "--limit-spike", "100000")


def without_ids(path):
    """PATH with N for each id in it."""
    return re.sub(r"/\d+(?=/|$)", "/N", path)


class Sandbox:
    """A running certholder-sandbox, and Procore's API as an independent client sees it."""

    def __init__(self, build, *options):
        self.process = subprocess.Popen(
            [build / "src" / "sandbox" / "certholder-sandbox", "--port", "0", "--client-id", CLIENT_ID,
             "--client-secret", CLIENT_SECRET, *LIMITS, *options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = line.strip().rsplit(" ", 1)[-1]
        if not self.url.startswith("http://127.0.0.1:"):
            raise RuntimeError(f"the sandbox said {line!r} instead of its address")
        self.token = None
        self.company = None

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def request(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
            if self.company:
                headers["Procore-Company-Id"] = str(self.company)
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers, method=method), timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def sign_in(self):
        self.token = self.request("POST", "/oauth/token", {"grant_type": "client_credentials", "client_id": CLIENT_ID,
                                                           "client_secret": CLIENT_SECRET})["access_token"]
        self.company = self.get("/rest/v1.0/companies")[0]["id"]

    def get(self, path, **query):
        if not self.token:
            self.sign_in()
        if query:
            path += "?" + urllib.parse.urlencode(query)
        try:
            return self.request("GET", path, token=self.token)
        except urllib.error.HTTPError as refused:
            # The clock was moved past the end of the token.
            if refused.code != 401:
                raise
            self.sign_in()
            return self.request("GET", path, token=self.token)

    def admin(self, method, path, body=None):
        """The sandbox's own doors: people acting in Procore, the clock, faults, the journal."""
        return self.request(method, "/sandbox/" + path, body)

    # What a person sees.

    def projects(self):
        return self.get("/rest/v1.1/projects", company_id=self.company or self.company_id(), per_page=300)

    def company_id(self):
        if not self.token:
            self.sign_in()
        return self.company

    def vendors(self):
        return self.get("/rest/v1.0/vendors", company_id=self.company_id(), per_page=2000, view="extended")

    def company_insurances(self):
        return self.get(f"/rest/v1.0/companies/{self.company_id()}/insurances", per_page=2000)

    def project_insurances(self, project):
        return self.get(f"/rest/v1.0/projects/{project}/insurances", per_page=2000)

    def overall(self, project, vendor):
        ours = [i for i in self.project_insurances(project)
                if i["vendor_id"] == vendor and (i.get("origin_id") or "").startswith("certholder:")]
        assert len(ours) <= 1, ours
        return ours[0] if ours else None

    def commitments(self, project):
        found = []
        for kind in ("work_order_contracts", "purchase_order_contracts"):
            for contract in self.get(f"/rest/v1.0/{kind}", project_id=project):
                found.append((kind, contract))
        return found

    def compliance(self, project, vendor):
        return [self.get(f"/rest/v1.0/projects/{project}/{kind}/{contract['id']}/compliance")
                for kind, contract in self.commitments(project) if contract["vendor"]["id"] == vendor]

    def files(self, project):
        """Every file of the project's documents, by its path."""
        found = {}

        def walk(folder, path):
            for file in folder.get("files") or []:
                if not file.get("is_deleted"):
                    found[path + file["name"]] = file
            for child in folder.get("folders") or []:
                walk(self.get(f"/rest/v1.0/folders/{child['id']}", project_id=project), path + child["name"] + "/")

        walk(self.get("/rest/v1.0/folders", project_id=project), "")
        return found

    def links(self, project):
        return self.get(f"/rest/v2.0/companies/{self.company_id()}/projects/{project}/links")["data"]


class Desk:
    """A database of its own, and the programs that work on it."""

    def __init__(self, build, sandbox, folder=None):
        self.build = build
        self.temporary = None if folder else tempfile.TemporaryDirectory(prefix="certholder-story-")
        self.folder = pathlib.Path(folder or self.temporary.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("CERTHOLDER_")}
        self.environment.update(
            CERTHOLDER_API_URL=sandbox.url, CERTHOLDER_LOGIN_URL=sandbox.url, CERTHOLDER_CLIENT_ID=CLIENT_ID,
            CERTHOLDER_CLIENT_SECRET=CLIENT_SECRET, CERTHOLDER_COMPANY_ID=str(sandbox.company_id()),
            CERTHOLDER_READER=str(build / "src" / "reading" / "certholder-reader"),
            CERTHOLDER_SOURCE_DIR=str(SOURCE))
        self.watcher = None

    def command(self, *words):
        return [str(self.build / "src" / "ctl" / "certholderctl"), "--data-dir", str(self.data), "--json", *map(str, words)]

    def run(self, *words, now=None, expect=(0,)):
        environment = dict(self.environment, **({"CERTHOLDER_NOW": now} if now else {}))
        done = subprocess.run(self.command(*words), capture_output=True, text=True, env=environment, timeout=300, check=False)
        if expect is not None and done.returncode not in expect:
            raise AssertionError(f"certholderctl {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def watch(self, interval=2, now=None):
        environment = dict(self.environment, **({"CERTHOLDER_NOW": now} if now else {}))
        self.watcher = subprocess.Popen(self.command("watch", "--interval", interval), env=environment,
                                        stdout=subprocess.PIPE, text=True)
        # Its first event says that it, and no other program, syncs this database.
        line = self.watcher.stdout.readline()
        assert line, "watch ended at once"
        threading.Thread(target=self.watcher.stdout.read, daemon=True).start()

    def stop_watching(self):
        if self.watcher:
            self.watcher.terminate()
            status = self.watcher.wait(timeout=60)
            self.watcher = None
            assert status == 0, f"watch ended with {status}"

    def draw(self, certificate, name):
        """A certificate with these values as PDF."""
        source = self.folder / (name + ".json")
        target = self.folder / (name + ".pdf")
        source.write_text(json.dumps(certificate))
        subprocess.run([self.build / "data" / "samples" / "certholder-draw-sample", source, target], check=True)
        return target

    def close(self):
        self.stop_watching()
        if self.temporary:
            self.temporary.cleanup()


def until(what, seconds=60, every=0.1):
    """Waits until `what()` is true and gives its value; a story that takes longer has failed."""
    end = time.monotonic() + seconds
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not seen in Procore within {seconds} s: {what.__doc__ or what.__name__}")
        time.sleep(every)


def certificate_for(name, address, holder, effective, expiration, number="1"):
    """Values of a certificate that meets the standard requirements."""
    gl = {"coverage": "general_liability", "insurer": "A", "policy_number": f"GL-{number}", "effective": effective,
          "expiration": expiration, "basis": "occurrence", "aggregate_per": "project", "additional_insured": True,
          "waiver_of_subrogation": True,
          "limits": {"each_occurrence": 1000000, "general_aggregate": 2000000, "personal_advertising_injury": 1000000,
                     "products_completed_operations_aggregate": 2000000}}
    auto = {"coverage": "automobile_liability", "insurer": "A", "policy_number": f"BA-{number}", "effective": effective,
            "expiration": expiration, "autos": ["any"], "waiver_of_subrogation": True,
            "limits": {"combined_single_limit": 1000000}}
    umbrella = {"coverage": "umbrella_excess", "insurer": "B", "policy_number": f"UM-{number}", "effective": effective,
                "expiration": expiration, "kind": "umbrella", "basis": "occurrence",
                "limits": {"each_occurrence": 5000000, "aggregate": 5000000}}
    workers = {"coverage": "workers_compensation", "insurer": "B", "policy_number": f"WC-{number}", "effective": effective,
               "expiration": expiration, "statutory": True, "waiver_of_subrogation": True,
               "limits": {"el_each_accident": 1000000, "el_disease_each_employee": 1000000,
                          "el_disease_policy_limit": 1000000}}
    return {"form": "ACORD 25", "edition": "2016/03", "date": effective,
            "producer": {"name": "Fairweather Insurance Brokers", "contact": "Service Desk", "phone": "(555) 010-2200"},
            "insured": {"name": name, "address": address},
            "insurers": [{"letter": "A", "name": "Granite Ridge Insurance Company", "naic": "10001"},
                         {"letter": "B", "name": "Prairie Mutual Casualty", "naic": "10002"}],
            "policies": [gl, auto, umbrella, workers],
            "description_of_operations": f"{holder} is included as additional insured for ongoing and completed operations.\n"
                                         "Coverage is primary and non-contributory. Waiver of subrogation applies.",
            "certificate_number": number, "certificate_holder": {"name": holder, "address": "1200 Harbor Street\nPortland, OR 97209"}}


REQUIREMENTS = {
    "schema": 1, "name": "Company standard", "warning_days": 30,
    "coverages": {
        "general_liability": {
            "minimum": {"each_occurrence": 1000000, "general_aggregate": 2000000,
                        "products_completed_operations_aggregate": 2000000},
            "basis": "occurrence", "aggregate_per": "project", "additional_insured": "box", "waiver_of_subrogation": "box"},
        "automobile_liability": {"minimum": {"combined_single_limit": 1000000}, "autos": "any"},
        "umbrella_excess": {"minimum": {"each_occurrence": 5000000}},
        "workers_compensation": {"statutory": True, "minimum": {"el_each_accident": 1000000}}},
    "umbrella_adds_to": ["general_liability", "automobile_liability"]}


def five_places(sandbox, project, vendor, expected):
    """What each of the five places in Procore says of the sub, and whether it is what is expected (by place)."""
    seen = {}
    name = next(v["name"] for v in sandbox.vendors() if v["id"] == vendor)
    policies = [i for i in sandbox.company_insurances()
                if i["vendor_id"] == vendor and (i.get("origin_id") or "").startswith("certholder:")]
    overall = sandbox.overall(project, vendor)
    compliance = sandbox.compliance(project, vendor)
    files = sandbox.files(project)
    links = [link for link in sandbox.links(project) if link["title"].startswith("Insurance:")]
    seen["company insurance"] = sorted(p["status"] for p in policies)
    seen["project insurance"] = overall and overall["status"]
    seen["commitment compliance"] = sorted(c["insurance_status"] or "" for c in compliance)
    seen["documents"] = sorted(p for p in files if p.startswith("Insurance certificates/"))
    seen["home link"] = [link["title"] for link in links]
    right = {
        "company insurance": len(policies) == 4 and set(seen["company insurance"]) == {expected["policy"]},
        "project insurance": seen["project insurance"] == expected["overall"] and bool(overall.get("notes")),
        "commitment compliance": bool(compliance) and set(seen["commitment compliance"]) == {expected["commitment"]},
        "documents": any(name.split(",")[0].split(".")[0][:12] in p and p.endswith(".pdf") and p.count("/") == 2
                         for p in seen["documents"])
        and any(p.count("/") == 1 for p in seen["documents"]),
        "home link": len(links) == 1 and expected["link"] in links[0]["title"],
    }
    return seen, right
