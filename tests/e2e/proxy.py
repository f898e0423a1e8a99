"""Stands before a Procore, writes down what is asked of it, and can make it another one that keeps to the same documents."""

import http.client
import http.server
import json
import re
import threading
import urllib.parse


class Proxy:
    """An address of its own before URL.

    DISGUISE changes answers: (request, status, headers, body) to the last three. LONGEST is the most elements that a
    page holds, whatever is asked for. What is set as `before` is called with each request before it is passed on.
    """

    def __init__(self, url, disguise=None, longest=None):
        self.target = urllib.parse.urlsplit(url)
        self.disguise = disguise
        self.longest = longest
        self.before = None
        self.requests = []
        self.lock = threading.Lock()
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def handle_one(self):
                proxy.pass_on(self)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_one

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def shorten(self, path):
        if not self.longest:
            return path
        return re.sub(r"\bper_page=\d+", f"per_page={self.longest}", path)

    def pass_on(self, handler):
        parts = urllib.parse.urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        request = {"method": handler.command, "path": urllib.parse.unquote(parts.path), "query": parts.query,
                   "headers": {name.lower(): value for name, value in handler.headers.items()}, "body": body}
        if self.before:
            self.before(request)
        # The host stays ours, so that addresses in answers lead back here.
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=60)
        try:
            connection.request(handler.command, self.shorten(handler.path), body or None, dict(handler.headers.items()))
            answer = connection.getresponse()
            status, headers, content = answer.status, answer.getheaders(), answer.read()
        except (http.client.HTTPException, OSError):
            # The other side broke off: so do we.
            handler.close_connection = True
            with self.lock:
                self.requests.append(dict(request, status=0, answer=b""))
            return
        finally:
            connection.close()
        headers = [(n, v) for n, v in headers if n.lower() not in ("content-length", "connection", "transfer-encoding")]
        if self.disguise:
            status, headers, content = self.disguise(request, status, headers, content)
        with self.lock:
            self.requests.append(dict(request, status=status, answer=content))
        try:
            handler.send_response_only(status)
            for name, value in headers:
                handler.send_header(name, value)
            if status != 204:
                handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            if status != 204:
                handler.wfile.write(content)
        except OSError:
            # Whoever asked is gone.
            handler.close_connection = True


def is_api(request):
    return request["path"].startswith("/rest/")


def change_json(change):
    """A disguise that changes the JSON of the API's successful answers: CHANGE(request, value) gives the new value."""

    def disguise(request, status, headers, body):
        if is_api(request) and 200 <= status < 300 and body:
            body = json.dumps(change(request, json.loads(body))).encode()
        return status, headers, body

    return disguise


def drop_headers(*names):
    """A disguise that leaves headers out."""
    lower = {name.lower() for name in names}

    def disguise(request, status, headers, body):
        if is_api(request):
            headers = [(n, v) for n, v in headers if n.lower() not in lower]
        return status, headers, body

    return disguise


def walk(value, change):
    """VALUE with CHANGE(object) applied to each JSON object in it, the inner ones first."""
    if isinstance(value, list):
        return [walk(element, change) for element in value]
    if isinstance(value, dict):
        return change({name: walk(member, change) for name, member in value.items()})
    return value


def ids_as_text(_, value):
    """Every id is a text."""

    def change(record):
        return {name: str(member) if (name == "id" or name.endswith("_id")) and isinstance(member, int) else member
                for name, member in record.items()}

    if isinstance(value, list) and value and all(isinstance(element, int) for element in value):
        return [str(element) for element in value]
    return walk(value, change)


def more_members(_, value):
    """Every object has members that nobody knows."""
    return walk(value, lambda record: dict(record, brand_new={"nested": [None, {"id": 5}]}, zz_flag=True, zz_none=None))


def nulls_left_out(_, value):
    """What is null is not there at all."""
    return walk(value, lambda record: {name: member for name, member in record.items() if member is not None})


def own_spelling(_, value):
    """Texts come back with the line ends of forms, without blanks at their ends."""

    def change(record):
        return {name: member.strip().replace("\r\n", "\n").replace("\n", "\r\n")
                if name in ("notes", "insurance_notes", "limit", "additional_insured") and isinstance(member, str) else member
                for name, member in record.items()}

    return walk(value, change)
