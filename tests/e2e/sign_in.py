"""What a person and a desktop bring to a sign-in: a keyring of the test's own, and a browser that says allow or deny."""

import html
import http.client
import os
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

# Without folders of services: what a test has stopped is not started again behind its back.
BUS = ("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><policy context='default'>"
       "<allow send_destination='*'/><allow receive_sender='*'/><allow own='*'/></policy></busconfig>")


class Keyring:
    """A session bus, and on it a real gnome-keyring that keeps its files in a folder of the test's own."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="certholder-keyring-")
        self.folder = pathlib.Path(self.temporary.name)
        config = self.folder / "bus.conf"
        config.write_text(BUS)
        self.bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        # No browser is found among the programs of this folder, but the settings that libraries insist on.
        share = self.folder / "share"
        share.mkdir()
        (share / "glib-2.0").symlink_to("/usr/share/glib-2.0")
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": self.bus.stdout.readline().strip(), "HOME": self.temporary.name,
                            "XDG_DATA_HOME": self.temporary.name, "XDG_CONFIG_HOME": self.temporary.name,
                            "XDG_RUNTIME_DIR": self.temporary.name, "XDG_DATA_DIRS": str(share)}
        self.daemon = None

    def start(self, password="\n"):
        """Starts the service; without a PASSWORD its keyring stays locked."""
        words = ["gnome-keyring-daemon", "--foreground", "--components=secrets", f"--control-directory={self.folder}"]
        self.daemon = subprocess.Popen(words + (["--unlock"] if password is not None else []), stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env=dict(os.environ, **self.environment))
        self.daemon.stdin.write((password or "").encode())
        self.daemon.stdin.close()
        while subprocess.run(["gdbus", "introspect", "--session", "--dest", "org.freedesktop.secrets", "--object-path",
                              "/org/freedesktop/secrets/collection/login"], env=dict(os.environ, **self.environment),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            time.sleep(0.02)

    def stop(self):
        self.daemon.kill()
        self.daemon.wait()
        self.daemon = None

    def secrets(self):
        """Every secret of this program's."""
        done = subprocess.run(["secret-tool", "search", "--all", "application", "io.github.certholder.Certholder"],
                              env=dict(os.environ, **self.environment), capture_output=True, text=True, check=False)
        return re.findall(r"^secret = (.*)$", done.stdout, re.M)

    def close(self):
        if self.daemon:
            self.stop()
        self.bus.kill()
        self.bus.wait()
        self.bus.stdout.close()
        self.temporary.cleanup()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def decide(url, decision="allow"):
    """Opens an authorization's address as a browser does and presses a button. Gives where that leads, and the page."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        page = answer.read().decode()
    fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)">', page) if name != "decision"}
    action = re.search(r'action="([^"]+)"', page).group(1)
    opener = urllib.request.build_opener(NoRedirect)
    form = urllib.parse.urlencode(dict(fields, decision=decision)).encode()
    try:
        with opener.open(urllib.parse.urljoin(url, action), form, timeout=30) as answer:
            return None, answer.read().decode()
    except urllib.error.HTTPError as redirect:
        assert redirect.code == 302, redirect.code
        return redirect.headers["Location"], ""


def come_back(location):
    """Follows the redirect to the program that waits, as a browser does: it knows by itself, without asking a resolver, where
    localhost is. Gives the status and the page."""
    address = urllib.parse.urlsplit(location)
    assert address.hostname == "localhost", location
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=30)
    try:
        connection.request("GET", address._replace(scheme="", netloc="").geturl(), headers={"Host": address.netloc})
        answer = connection.getresponse()
        return answer.status, answer.read().decode() if answer.status < 400 else ""
    finally:
        connection.close()
