"""Holds requests against Procore's own descriptions of its endpoints, and knows nothing else of this project.

A request is documented where its method and path are, where each query parameter and each member of its body is one of
those described, with a value of the described type and choice, and where nothing that is required is missing.
"""

import datetime
import email
import email.policy
import json
import re
import urllib.parse


def load(folder):
    """The endpoints described in FOLDER."""
    return [Endpoint(description) for description in json.loads((folder / "endpoints.json").read_text())]


class Endpoint:
    """One described endpoint."""

    def __init__(self, description):
        self.method = description["method"]
        self.path = description["path"]
        self.parameters = description.get("parameters", [])
        self.body = description.get("requestBody")
        self.names = re.findall(r"\{([^}]+)\}", self.path)
        self.pattern = re.compile("".join(
            "([^/]+)" if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{[^}]+\})", self.path)) + "$")

    def fits(self, method, path):
        return method == self.method and self.pattern.match(path)


def is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def check_value(where, value, schema, found):
    """Adds to FOUND what is wrong with a JSON value."""
    kind = schema.get("type")
    wanted = TYPES.get(kind)
    if value is None:
        # What is taken away is sent as null; nothing describes it otherwise.
        if schema.get("format") != "date":
            found.append(f"{where} is null")
        return
    if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean")):
        found.append(f"{where} is {value!r}, not of type {kind}")
        return
    if schema.get("enum") and value not in schema["enum"]:
        found.append(f"{where} is {value!r}, not one of {schema['enum']}")
    if schema.get("format") == "date" and not is_date(value):
        found.append(f"{where} is {value!r}, which is no date")
    if kind == "array":
        for index, element in enumerate(value):
            check_value(f"{where}[{index}]", element, schema.get("items") or {}, found)
    if kind == "object":
        known = schema.get("properties") or {}
        for name, member in value.items():
            if name in known:
                check_value(f"{where}.{name}", member, known[name], found)
            else:
                found.append(f"{where}.{name} is not described")
        for name in schema.get("required", []):
            if name not in value:
                found.append(f"{where}.{name} is required and missing")


def check_text(where, text, schema, found):
    """The same of a value that travels as text."""
    kind = schema.get("type")
    if kind == "array":
        schema = schema.get("items") or {}
        kind = schema.get("type")
    if kind == "integer" and not re.fullmatch(r"-?\d+", text):
        found.append(f"{where} is {text!r}, not of type integer")
    if kind == "boolean" and text not in ("true", "false"):
        found.append(f"{where} is {text!r}, not of type boolean")
    if schema.get("enum") and text not in schema["enum"]:
        found.append(f"{where} is {text!r}, not one of {schema['enum']}")


RANGE = re.compile(r"(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?)\.\.\.(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?)")


def check_query(endpoint, query, found):
    known = {p["name"]: p for p in endpoint.parameters if p["in"] == "query"}
    sent = urllib.parse.parse_qsl(query, keep_blank_values=True)
    for name, text in sent:
        # A list is sent element by element, each under the name with [] behind it.
        parameter = known.get(name) or (known.get(name[:-2]) if name.endswith("[]") else None)
        if not parameter:
            found.append(f"?{name} is not described")
            continue
        schema = parameter.get("schema") or {}
        if re.search(r"filters\[(created|updated)_at\]", name):
            if not RANGE.fullmatch(text):
                found.append(f"?{name} is {text!r}, which is no range")
        else:
            check_text(f"?{name}", text, schema, found)
        if schema.get("type") != "array" and [n for n, _ in sent].count(name) > 1:
            found.append(f"?{name} is sent more than once")
    for name, parameter in known.items():
        if parameter.get("required") and name not in [n for n, _ in sent]:
            found.append(f"?{name} is required and missing")


def parse_form(content_type, body):
    """The parts of a multipart form as name and text; of a file the text is None."""
    message = email.message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP)
    for part in message.iter_parts():
        file_name = part.get_filename()
        yield (part.get_param("name", header="content-disposition"),
               None if file_name else part.get_payload(decode=True).decode("utf-8"))


def check_form(schema, parts, found):
    """`file[name]` is the member name of the object file."""
    sent = set()
    for name, text in parts:
        steps = re.findall(r"[^\[\]]+", name)
        inside = schema
        for step in steps:
            inside = (inside.get("properties") or {}).get(step)
            if inside is None:
                found.append(f"form part {name} is not described")
                break
        if inside is not None and text is not None:
            check_text(f"form part {name}", text, inside, found)
        sent.add(steps[0])
        sent.add(name)
    for name in schema.get("required", []):
        if name not in sent:
            found.append(f"form part {name} is required and missing")


def check_body(endpoint, content_type, body, found):
    if not endpoint.body:
        if body:
            found.append("has a body, and none is described")
        return
    wanted = endpoint.body["contentType"]
    schema = endpoint.body.get("schema") or {}
    if not content_type.startswith(wanted):
        found.append(f"is sent as {content_type}, not as {wanted}")
    elif wanted == "application/json":
        check_value("body", json.loads(body), schema, found)
    else:
        check_form(schema, list(parse_form(content_type, body)), found)


def check(endpoints, request):
    """What is wrong with a request: a dict of method, path, query, headers (by lower-case name) and body."""
    fits = [e for e in endpoints if e.fits(request["method"], request["path"])]
    if not fits:
        return [f"{request['method']} {request['path']} is not described"]
    # A fixed word in a path goes before a placeholder.
    endpoint = min(fits, key=lambda e: len(e.names))
    found = []
    values = endpoint.pattern.match(request["path"]).groups()
    for parameter in (p for p in endpoint.parameters if p["in"] == "path"):
        check_text(parameter["name"], values[endpoint.names.index(parameter["name"])], parameter.get("schema") or {}, found)
    check_query(endpoint, request["query"], found)
    check_body(endpoint, request["headers"].get("content-type", ""), request["body"], found)
    if request["path"].startswith("/rest/"):
        if not re.fullmatch(r"Bearer \S+", request["headers"].get("authorization", "")):
            found.append("has no token")
        needs_company = endpoint.path not in ("/rest/v1.0/me", "/rest/v1.0/companies") or "company_id=" in request["query"]
        if needs_company and not request["headers"].get("procore-company-id", "").isdigit():
            found.append("has no Procore-Company-Id")
    return [f"{request['method']} {request['path']}: {what}" for what in found]
