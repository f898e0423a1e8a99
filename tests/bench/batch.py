"""A thousand files of every kind in one `certholderctl read`: what becomes of them, and what it costs."""

import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time

N_FILES = 1000
TICKS = os.sysconf("SC_CLK_TCK")


def processes_of(parent):
    """A process and what it started."""
    found = [parent]
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found.append(int(entry.name))
    return found


class Watch(threading.Thread):
    """Looks at a process and its helpers from time to time."""

    def __init__(self, pid):
        super().__init__()
        self.pid = pid
        self.seen = []  # (seconds, own kilobytes, the largest helper's)
        self.busy = {}  # processor seconds of each helper
        self.start_at = time.monotonic()
        self.ended = threading.Event()

    def look(self):
        kilobytes = {}
        for pid in processes_of(self.pid):
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            if pid != self.pid:
                self.busy[pid] = (int(fields[11]) + int(fields[12])) / TICKS
            peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
            kilobytes[pid] = int(peak[0]) if peak else 0
        self.seen.append((time.monotonic() - self.start_at, kilobytes.pop(self.pid, 0), max(kilobytes.values(), default=0)))

    def run(self):
        while not self.ended.wait(0.2):
            self.look()


def wrap(picture, width, height):
    """A PDF whose page is a JPEG of three colours, as pdftoppm and scanners make them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(picture), picture),
        b"<< /Length 29 >>\nstream\nq 612 0 0 792 0 0 cm /I Do Q \nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(out))


def make_files(folder, draw):
    """Prints, scans as PDF and as pictures, and what can't be read; each file by the name of what it is."""
    drawn = folder / "drawn"
    drawn.mkdir()
    subprocess.run([draw, drawn, "60"], check=True, stdout=subprocess.DEVNULL)
    prints = sorted(drawn.glob("*.pdf"))
    scans = []
    for number, file in enumerate(prints[:4]):
        stem = folder / f"page{number}"
        for kind, end in (("-png", ".png"), ("-jpeg", ".jpg"), ("-tiff", ".tif")):
            subprocess.run(["pdftoppm", "-r", "200", "-gray", kind, "-singlefile", "-l", "1", file, stem], check=True)
            scans.append(stem.with_suffix(end))
        scans.append(stem.with_suffix(".pdf"))
        scans[-1].write_bytes(wrap(stem.with_suffix(".jpg").read_bytes(), 1700, 2200))
    bad = [folder / name for name in ("empty.pdf", "letter.pdf", "cut.pdf", "cut.jpg", "absent.pdf")]
    bad[0].write_bytes(b"")
    bad[1].write_text("Dear all, please find the certificate attached.")
    bad[2].write_bytes(prints[0].read_bytes()[:700])
    bad[3].write_bytes(scans[0].read_bytes()[:3000])
    files = []
    for index in range(N_FILES):
        if index % 50 == 24:
            files.append(scans[index // 50 % len(scans)])
        elif index % 20 == 7:
            files.append(bad[index // 20 % len(bad)])
        else:
            files.append(prints[index % len(prints)])
    return files, set(bad), set(scans)


def runs(program):
    """Whether a process runs that script."""
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(program).encode() in (entry / "cmdline").read_bytes():
                    return True
            except OSError:
                continue
    return False


def stop_looping(build, environment):
    """What becomes of a file over which the helper never comes to an end: seconds, what was said, whether it is gone."""
    with tempfile.TemporaryDirectory(prefix="certholder-bench-") as name:
        folder = pathlib.Path(name)
        helper = folder / "loops"
        helper.write_text("#!/bin/sh\nwhile :; do :; done\n")
        helper.chmod(0o700)
        file = folder / "file.pdf"
        file.write_bytes(b"%PDF-1.7\n")
        begun_at = time.monotonic()
        done = subprocess.run([build / "src" / "ctl" / "certholderctl", "--data-dir", folder / "data", "read", file], text=True,
                              env=dict(environment, CERTHOLDER_READER=str(helper)), capture_output=True, check=False)
        seconds = time.monotonic() - begun_at
        alive = runs(helper)
    return seconds, done.stderr.strip().rpartition("file.pdf: ")[2], not alive


def measure(build):
    environment = dict(os.environ, CERTHOLDER_READER=str(build / "src" / "reading" / "certholder-reader"), LC_ALL="C.UTF-8")
    with tempfile.TemporaryDirectory(prefix="certholder-bench-") as name:
        folder = pathlib.Path(name)
        files, bad, scans = make_files(folder, build / "tests" / "reading" / "draw-certificates")
        with (folder / "out").open("w+", encoding="utf-8") as out, (folder / "err").open("w+", encoding="utf-8") as err:
            command = [build / "src" / "ctl" / "certholderctl", "--data-dir", folder / "data", "--json", "read", *files]
            with subprocess.Popen(command, stdout=out, stderr=err, env=environment) as process:
                watch = Watch(process.pid)
                watch.start()
                process.wait()
                watch.ended.set()
                watch.join()
            seconds = time.monotonic() - watch.start_at
            out.seek(0)
            err.seek(0)
            answers = json.load(out)
            told = err.read()
    # A file of two certificates answers twice, and none stands beside itself in the list.
    order = [a["file"] for before, a in zip([None, *answers], answers) if before is None or before["file"] != a["file"]]
    wanted = [str(file) for file in files]
    refused = [a for a in answers if "error" in a]
    early = [s for s in watch.seen if s[0] < watch.seen[-1][0] / 4]
    print("| figure | value |\n|---|---:|")
    print(f"| files, of these scans and pictures, unreadable | {len(files)}, {sum(f in scans for f in files)}, "
          f"{sum(f in bad for f in files)} |")
    print(f"| answered, in their order | {len(order)}, {order == wanted} |")
    print(f"| refused, each named on standard error | {len(refused)}, {all(a['file'] in told for a in refused)} |")
    print(f"| readable files that were refused | {sum(pathlib.Path(a['file']) not in bad for a in refused)} |")
    print(f"| seconds, processor seconds of each helper | {seconds:.1f}, "
          f"{', '.join(f'{s:.1f}' for s in sorted(watch.busy.values(), reverse=True))} |")
    print(f"| peak memory of certholderctl in MB, after a quarter of the time and at the end | "
          f"{max(s[1] for s in early) / 1024:.0f}, {max(s[1] for s in watch.seen) / 1024:.0f} |")
    print(f"| peak memory of the largest helper in MB, the same | {max(s[2] for s in early) / 1024:.0f}, "
          f"{max(s[2] for s in watch.seen) / 1024:.0f} |")
    seconds, said, gone = stop_looping(build, environment)
    print(f"| a helper that loops is stopped after, seconds; is gone | {seconds:.0f}, {gone} |")
    print(f"| what is said of its file | {said} |")
