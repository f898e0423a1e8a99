"""The three ways to sign in, over real HTTP and with a real keyring, and what becomes of a sign-in afterwards."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import proxy
import sign_in
import story
import tap

BUILD = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"])
READING = "*/insurances"


class World:
    """A sandbox behind a proxy that sees every token, a keyring, and a desk that knows of no secret but by sign-in."""

    def __init__(self, unlocked=True):
        self.sandbox = story.Sandbox(BUILD, "--story", "demo")
        self.proxy = proxy.Proxy(self.sandbox.url)
        self.keyring = sign_in.Keyring()
        if unlocked:
            self.keyring.start()
        self.desk = story.Desk(BUILD, self.sandbox)
        self.desk.environment.update(self.keyring.environment, CERTHOLDER_API_URL=self.proxy.url,
                                     CERTHOLDER_LOGIN_URL=self.proxy.url, G_MESSAGES_DEBUG="all")
        self.started = []
        self.output = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A case that failed may have left a sign-in that waits for its browser.
        for process in self.started:
            with process:
                process.kill()
        self.desk.close()
        self.keyring.close()
        self.proxy.close()
        self.sandbox.close()

    def start(self, *words, **without):
        """A command in the background; `without` names variables that it does not get."""
        environment = {k: v for k, v in self.desk.environment.items() if k not in without.get("without", ())}
        process = subprocess.Popen(self.desk.command(*words), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.started.append(process)
        return process

    def finish(self, process, text=None):
        out, err = process.communicate(text, timeout=120)
        self.started.remove(process)
        self.output += [out, err]
        plain = "".join(line for line in err.splitlines(True) if not re.match(r"\(\w+:\d+\): |$", line))
        return process.returncode, out, plain

    def run(self, *words, text=None, **more):
        return self.finish(self.start(*words, **more), text)

    def read_address(self, process):
        """The address that a sign-in asks to be opened; what comes before it is kept."""
        for line in process.stderr:
            self.output.append(line)
            address = re.search(r"http://\S+/oauth/authorize\S+", line)
            if address:
                return address.group(0)
        raise AssertionError("no address was given")

    def log_in(self):
        process = self.start("login", "--browser")
        location, _ = sign_in.decide(self.read_address(process))
        status, _ = sign_in.come_back(location)
        assert status == 200
        code, out, err = self.finish(process)
        assert code == 0, (code, err)
        return json.loads(out)

    def renewals(self):
        return [r for r in self.proxy.requests if r["path"] == "/oauth/token" and b"refresh_token" in r["body"]]

    def move_clock(self, **by):
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**by)
        self.sandbox.admin("POST", "now", {"now": now.strftime("%Y-%m-%dT%H:%M:%SZ")})

    def tokens(self):
        """Every token, code and secret that went over the wire."""
        found = {story.CLIENT_SECRET}
        for request in self.proxy.requests:
            if request["path"] == "/oauth/token":
                sent = json.loads(request["body"])
                got = json.loads(request["answer"] or b"{}")
                found |= {source[name] for source in (sent, got) for name in ("access_token", "refresh_token", "code", "code_verifier")
                          if source.get(name)}
        return found


def case_browser():
    """By the browser: the pair and the app's secret rest in the keyring, and later commands need neither"""
    with World() as world:
        who = world.log_in()
        assert who["company"]["name"] == "Harbor & Main Builders, Inc." and who["user"] == "Insurance Desk", who
        secrets = world.keyring.secrets()
        assert story.CLIENT_SECRET in secrets and any("refresh_token" in s for s in secrets), secrets
        code, out, err = world.run("sync", without=("CERTHOLDER_CLIENT_ID", "CERTHOLDER_CLIENT_SECRET", "CERTHOLDER_COMPANY_ID",
                                                    "CERTHOLDER_API_URL", "CERTHOLDER_LOGIN_URL"))
        assert code == 0, (code, err)
        assert json.loads(out)["pulled"]["projects"] > 0
        assert not world.renewals()


def case_browser_denied():
    """Denied in the browser: 3, and nothing is kept"""
    with World() as world:
        process = world.start("login", "--browser")
        location, _ = sign_in.decide(world.read_address(process), "deny")
        status, page = sign_in.come_back(location)
        assert status == 200 and "did not allow" in page, page
        code, out, err = world.finish(process)
        assert (code, out) == (3, "") and "denied" in err, (code, out, err)
        assert not world.keyring.secrets()


def case_browser_stranger():
    """A request that does not know the state is none: the sign-in goes on waiting for its own"""
    with World() as world:
        process = world.start("login", "--browser")
        location, _ = sign_in.decide(world.read_address(process))
        forged = re.sub(r"state=[^&]+", "state=forged", location)
        assert sign_in.come_back(forged)[0] == 404
        assert process.poll() is None
        assert sign_in.come_back(location)[0] == 200
        assert world.finish(process)[0] == 0


def case_browser_stopped():
    """A sign-in that nobody finishes is ended by a signal"""
    with World() as world:
        process = world.start("login", "--browser")
        world.read_address(process)
        process.terminate()
        code, out, err = world.finish(process)
        assert code != 0 and out == "", (code, out, err)


def case_pasted_code():
    """By a pasted code; a wrong one is 3 and keeps nothing, none at all is 2"""
    with World() as world:
        code, out, err = world.run("login", "--oob", text="nonsense\n")
        assert (code, out) == (3, "") and "invalid" in err, (code, out, err)
        assert world.run("login", "--oob", text="")[0] == 2
        assert not world.keyring.secrets()

        process = world.start("login", "--oob")
        _, page = sign_in.decide(world.read_address(process))
        pasted = re.search(r"<code>([^<]+)</code>", page).group(1)
        code, out, err = world.finish(process, f"  {pasted}\n")
        assert code == 0 and json.loads(out)["company"], (code, out, err)
        assert world.run("doctor")[0] == 0


def case_service_account():
    """As a service account: nothing is stored anywhere, and no keyring is needed"""
    with World(unlocked=False) as world:
        code, out, err = world.run("login", "--client-credentials")
        assert code == 0 and json.loads(out)["company"], (code, out, err)
        assert world.run("sync")[0] == 0
        code, _, err = world.run("sync", without=("CERTHOLDER_CLIENT_SECRET",))
        assert code == 3 and "keyring" in err and "hint:" in err, (code, err)


def case_service_account_takes_over():
    """Who signs in as a service account after a person has is the service account from then on"""
    with World() as world:
        world.log_in()
        assert any("refresh_token" in s for s in world.keyring.secrets())
        assert world.run("login", "--client-credentials")[0] == 0
        assert not any("refresh_token" in s for s in world.keyring.secrets())
        before = len(world.proxy.requests)
        assert world.run("doctor")[0] == 0
        asked = [r["body"] for r in world.proxy.requests[before:] if r["path"] == "/oauth/token"]
        assert len(asked) == 1 and b"client_credentials" in asked[0], asked
        code, out, err = world.run("login", "--client-credentials", without=("CERTHOLDER_CLIENT_SECRET",))
        assert (code, out) == (2, "") and "CERTHOLDER_CLIENT_SECRET" in err, (code, out, err)


def case_renewal():
    """A token that has ended is renewed once, and the new pair is stored"""
    with World() as world:
        world.log_in()
        world.move_clock(minutes=91)
        before = world.keyring.secrets()
        assert world.run("doctor")[0] == 0
        assert len(world.renewals()) == 1
        assert world.keyring.secrets() != before
        assert world.run("doctor")[0] == 0
        assert len(world.renewals()) == 1


def case_many_programs_renew_once():
    """Many programs at once renew once, and all of them go on"""
    with World() as world:
        world.log_in()
        world.move_clock(minutes=91)
        processes = [world.start("doctor") for _ in range(6)]
        assert [world.finish(process)[0] for process in processes] == [0] * 6
        assert [r["status"] for r in world.renewals()] == [200]


def case_revoked_during_a_sync():
    """A token that is revoked in the middle of a sync is renewed, and the sync goes on to its end"""
    with World() as world:
        world.log_in()
        world.sandbox.admin("POST", "faults", {"method": "GET", "path": READING, "kind": "revoke", "count": 1})
        code, out, err = world.run("sync")
        assert code == 0 and json.loads(out)["pulled"]["insurances"] > 0, (code, err)
        assert len(world.renewals()) == 1


def case_revoked_for_good():
    """A sign-in that is revoked altogether: 3, what to do, no repeating; nothing is lost, and a new sign-in goes on"""
    with World() as world:
        world.log_in()
        file = world.desk.folder / "requirements.json"
        file.write_text(json.dumps(story.REQUIREMENTS))
        world.run("requirements", "import", file)
        world.run("requirements", "assign", "Company standard", "--company")
        stored = next(json.loads(s) for s in world.keyring.secrets() if "refresh_token" in s)

        def revoke(request):
            if request["method"] == "PATCH" and not revoke.done:
                revoke.done = True
                world.sandbox.request("POST", "/oauth/revoke", {"token": stored["access_token"], "client_id": story.CLIENT_ID,
                                                                "client_secret": story.CLIENT_SECRET})

        revoke.done = False
        world.proxy.before = revoke
        code, out, err = world.run("sync", without=("CERTHOLDER_CLIENT_SECRET",))
        assert revoke.done
        assert code == 3 and "sign in to Procore again" in err, (code, err)
        partial = json.loads(out)
        assert partial["pending"] > 0 and partial["pulled"]["projects"] > 0, partial
        refused = [r for r in world.proxy.requests if r["status"] == 401]
        assert len(refused) == 2, [(r["method"], r["path"]) for r in refused]

        before = len(world.proxy.requests)
        code, out, err = world.run("sync", without=("CERTHOLDER_CLIENT_SECRET",))
        assert code == 3 and "hint:" in err, (code, err)
        assert len(world.proxy.requests) - before <= 1
        assert world.run("status")[0] == 1

        world.log_in()
        code, out, err = world.run("sync")
        assert code == 0 and json.loads(out)["pending"] == 0, (code, out, err)


def case_locked_keyring():
    """A locked keyring is told as that, with what to do"""
    with World(unlocked=False) as world:
        world.keyring.start("a password")
        world.log_in()
        world.keyring.stop()
        world.keyring.start(None)
        code, out, err = world.run("sync", without=("CERTHOLDER_CLIENT_SECRET",))
        assert (code, out) == (3, "") and "locked" in err and "hint: unlock" in err, (code, out, err)


def case_nothing_secret_is_told():
    """No token, code or secret stands in what programs print with all their debugging on, nor in the database and its folder"""
    with World() as world:
        world.run("login", "--client-credentials")
        world.run("login", "--oob", text="a-wrong-code\n")
        world.log_in()
        world.run("sync")
        world.move_clock(minutes=91)
        world.run("sync")
        world.run("doctor")
        world.sandbox.admin("POST", "faults", {"method": "*", "path": "/rest/*", "kind": "status", "status": 401, "count": 3})
        world.run("sync")
        tokens = world.tokens()
        assert len(tokens) > 8, tokens
        said = "\n".join(world.output)
        assert "GET /rest/v1.1/projects" in said, "the debugging is on"
        for token in tokens:
            assert token not in said, token
        for file in world.desk.folder.rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            assert not any(token.encode() in content for token in tokens), file


tap.run(case_browser, case_browser_denied, case_browser_stranger, case_browser_stopped, case_pasted_code, case_service_account,
        case_service_account_takes_over, case_renewal, case_many_programs_renew_once, case_revoked_during_a_sync, case_revoked_for_good, case_locked_keyring,
        case_nothing_secret_is_told)
