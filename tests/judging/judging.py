"""What the cases of judging are made of: parts of a document for `certholderctl evaluate`, and how its verdict is held
against what is expected. Each case is a sentence of the rules, on both sides of its boundary."""

import copy
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: F401  (the cases run through it)

CTL = pathlib.Path(os.environ["CERTHOLDER_BUILD_DIR"]) / "src" / "ctl" / "certholderctl"
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("CERTHOLDER_")} | {"LC_ALL": "C.UTF-8"}

LIMITS = {"each_occurrence": 1_000_000, "general_aggregate": 2_000_000, "products_completed_operations_aggregate": 2_000_000}
EL = {"el_each_accident": 1_000_000, "el_disease_each_employee": 1_000_000, "el_disease_policy_limit": 1_000_000}
TODAY = "2026-06-01"
YEAR = {"effective": "2026-01-01", "expiration": "2027-01-01"}


def policy(coverage, limits=None, **more):
    """In force through 2026, under its own number, unless told otherwise; None takes a member away."""
    made = {"coverage": coverage, "policy_number": coverage[:2].upper() + "-1", **YEAR, "limits": dict(limits or {}), **more}
    return {k: v for k, v in made.items() if v is not None}


def gl(limits=None, **more):
    return policy("general_liability", LIMITS if limits is None else limits, **{"basis": "occurrence", **more})


def auto(limits=None, **more):
    return policy("automobile_liability", {"combined_single_limit": 1_000_000} if limits is None else limits, **more)


def umbrella(each_occurrence=5_000_000, aggregate=5_000_000, **more):
    limits = {"each_occurrence": each_occurrence, "aggregate": aggregate}
    return policy("umbrella_excess", {k: v for k, v in limits.items() if v is not None}, **more)


def wc(limits=None, **more):
    return policy("workers_compensation", EL if limits is None else limits, **{"statutory": True, **more})


def other(text, limits=None, **more):
    return policy("other", limits, coverage_text=text, **more)


def certificate(*policies, **more):
    return {"policies": list(policies), **more}


def asks(coverages=None, **more):
    """One requirement set."""
    return {"schema": 1, "name": "Asked", **({} if coverages is None else {"coverages": coverages}), **more}


def run(document, *words):
    return subprocess.run([CTL, "--json", "evaluate", "-", *words], input=document if isinstance(document, str) else json.dumps(document),
                          text=True, capture_output=True, env=ENVIRONMENT, timeout=60, check=False)


def judge(requirements, *certificates, today=TODAY, **more):
    """The verdict; a single set may stand for the list of them, policies for the certificate that shows them."""
    sets = requirements if isinstance(requirements, list) else [requirements]
    made = [c if "policies" in c else certificate(c) for c in certificates]
    document = {"today": today, "requirements": sets, "certificates": made, **more}
    done = run(copy.deepcopy(document))
    assert done.returncode in (0, 1) and not done.stderr, (done.returncode, done.stderr, document)
    verdict = json.loads(done.stdout)
    is_open = any(f["severity"] != "warning" and not f["waived"] for f in verdict["findings"])
    assert done.returncode == (1 if is_open else 0), (done.returncode, verdict)
    colours = {"compliant": "green", "exempt": "green", "not_required": "green", "expiring": "yellow"}
    assert verdict["colour"] == colours.get(verdict["status"], "red"), verdict
    for finding in verdict["findings"]:
        assert set(finding) >= {"rule", "coverage", "severity", "expected", "found", "text", "waived"}, finding
        assert finding["text"].endswith("."), finding
        whole = finding["coverage"] if finding["coverage"] is not None else "certificate"
        assert finding["rule"].startswith(whole + "."), finding
    return verdict


MARKS = {"fail": "f", "needs_evidence": "n", "warning": "w"}


def rules(verdict):
    """What was found: a letter for the severity, brackets around what is waived."""
    told = [f"{MARKS[f['severity']]}:{f['rule']}" for f in verdict["findings"]]
    return sorted(f"[{t}]" if f["waived"] else t for t, f in zip(told, verdict["findings"]))


def expect(verdict, status, *findings, changes_on=...):
    """Exactly these findings, and no other."""
    assert verdict["status"] == status, (status, verdict)
    assert rules(verdict) == sorted(findings), (sorted(findings), rules(verdict), verdict)
    if changes_on is not ...:
        assert verdict.get("changes_on") == changes_on, (changes_on, verdict)
    return verdict


def finding(verdict, rule):
    found = [f for f in verdict["findings"] if f["rule"] == rule]
    assert len(found) == 1, (rule, verdict)
    return found[0]


def expect_values(verdict, rule, expected, found):
    one = finding(verdict, rule)
    assert (one["expected"], one["found"]) == (expected, found), one
    return one
