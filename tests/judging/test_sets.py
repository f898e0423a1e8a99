"""Requirement sets: what an absent member asks, how layers and stages are laid over each other, and what is refused."""

import json

from judging import LIMITS, asks, auto, certificate, expect, finding, gl, judge, run, tap, umbrella, wc


def case_absent_asks_nothing():
    """Every member is optional; an absent one asks nothing"""
    expect(judge([]), "not_required", changes_on=None)
    expect(judge([], gl()), "not_required")
    expect(judge({}), "not_required")
    expect(judge(asks({})), "not_required")
    expect(judge(asks(named_insured="legal", holder={"names": ["x"]}, cancellation_notice="form"), gl()), "not_required")
    for coverage in ("general_liability", "automobile_liability", "umbrella_excess", "workers_compensation", "pollution"):
        expect(judge(asks({coverage: {}})), "missing", f"f:{coverage}.present")


def case_not_required_comes_first():
    """not_required comes before an exemption, and that before missing"""
    exempt = {"until": "2026-12-31", "why": "x"}
    expect(judge(asks(), exempt=exempt), "not_required", changes_on=None)
    expect(judge(asks({"general_liability": {}}), exempt=exempt), "exempt", "[f:general_liability.present]", changes_on="2027-01-01")


def case_layer_adds():
    """A more specific layer adds coverages, and members to a coverage"""
    base = asks({"general_liability": {}})
    expect(judge([base, asks({"automobile_liability": {}})], gl()), "non_compliant", "f:automobile_liability.present")
    expect(judge([base, asks({"general_liability": {"basis": "claims_made"}})], gl()), "non_compliant", "f:general_liability.basis")
    expect(judge([asks({"general_liability": {"basis": "claims_made"}}), asks({"general_liability": {"aggregate_per": "project"}})], gl()),
           "non_compliant", "f:general_liability.basis", "f:general_liability.aggregate_per")


def case_layer_replaces():
    """A more specific layer replaces a member of the one below, as a whole"""
    low = asks({"general_liability": {"minimum": {"each_occurrence": 1_000_000, "general_aggregate": 9_000_000}}})
    high = asks({"general_liability": {"minimum": {"each_occurrence": 2_000_000}}})
    verdict = expect(judge([low, high], gl()), "non_compliant", "f:general_liability.each_occurrence")
    assert finding(verdict, "general_liability.each_occurrence")["expected"] == 2_000_000
    expect(judge([high, low], gl()), "non_compliant", "f:general_liability.general_aggregate")
    expect(judge([asks({"general_liability": {"endorsements": ["CG 20 10", "CG 20 37"]}}),
                  asks({"general_liability": {"endorsements": ["CG 24 04"]}})], gl()), "non_compliant",
           "f:general_liability.endorsement:CG 24 04")
    for member, weak, strong in (("additional_insured", "box", "form"), ("waiver_of_subrogation", "box", "description")):
        for first, second in ((weak, strong), (strong, weak)):
            verdict = judge([asks({"general_liability": {member: first}}), asks({"general_liability": {member: second}})], gl())
            assert finding(verdict, f"general_liability.{member}")["expected"] == second, verdict


def case_set_members_replace():
    """Members beside the coverages are replaced as a whole too"""
    gl_set = {"general_liability": {}}
    paper = certificate(gl(insurer="A"), insured={"name": "Trade"}, certificate_holder={"name": "Two"},
                        insurers=[{"letter": "A", "naic": "1"}])
    more = {"sub": {"name": "n", "legal_name": "Legal", "trade_name": "Trade"}, "carriers": [{"naic": "1", "rating": "B", "size": "V"}]}
    expect(judge([asks(gl_set, holder={"names": ["One"]}), asks(holder={"names": ["Two"]})], paper, **more), "compliant")
    expect(judge([asks(gl_set, holder={"names": ["Two"]}), asks(holder={"names": ["One"]})], paper, **more), "non_compliant",
           "f:certificate.holder")
    expect(judge([asks(gl_set, named_insured="legal"), asks(named_insured="legal_or_dba")], paper, **more), "compliant")
    expect(judge([asks(gl_set, carrier={"minimum_rating": "A"}), asks(carrier={"minimum_size": "V"})], paper, **more), "compliant")
    expect(judge([asks(gl_set, cancellation_notice="form"), asks(cancellation_notice="box")], paper, **more), "non_compliant",
           "f:certificate.cancellation_notice")
    expect(judge([asks(gl_set, warning_days=300), asks(warning_days=1)], gl()), "compliant")
    expect(judge([asks(gl_set, warning_days=1), asks(warning_days=300)], gl()), "expiring")
    short = gl(LIMITS | {"each_occurrence": 1})
    asked = asks({"general_liability": {"minimum": {"each_occurrence": 2}}}, umbrella_adds_to=["general_liability"])
    expect(judge([asked], short, umbrella()), "compliant")
    expect(judge([asked, asks(umbrella_adds_to=["automobile_liability"])], short, umbrella()), "non_compliant",
           "f:general_liability.each_occurrence")


def case_null_removes():
    """null removes: a coverage, a member of it, or a member of the set"""
    full = asks({"general_liability": {"basis": "claims_made", "aggregate_per": "project"}, "automobile_liability": {}},
                holder={"names": ["x"]}, named_insured="legal", cancellation_notice="form", warning_days=300,
                carrier={"minimum_rating": "A"}, umbrella_adds_to=["general_liability"])
    expect(judge([full, asks({"general_liability": None, "automobile_liability": None})], gl()), "not_required")
    expect(judge([full, {"coverages": None}], gl()), "not_required")
    rest = {m: None for m in ("holder", "named_insured", "cancellation_notice", "warning_days", "carrier", "umbrella_adds_to")}
    expect(judge([full, asks({"automobile_liability": None, "general_liability": {"basis": None}}, **rest)], gl()), "non_compliant",
           "f:general_liability.aggregate_per")
    expect(judge([full, asks({"automobile_liability": None, "general_liability": {"basis": None, "aggregate_per": None}}, **rest)], gl()),
           "compliant")
    expect(judge(asks({"general_liability": None})), "not_required")
    expect(judge([asks({"general_liability": None}), asks({"general_liability": {}})], gl()), "compliant")
    expect(judge([full, asks({"general_liability": None}), asks({"general_liability": {}, "automobile_liability": None}, **rest)], gl()),
           "compliant")


def case_five_layers():
    """Company, trade, project, sub on a project, commitment: the last word counts"""
    layers = [asks({"general_liability": {"minimum": {"each_occurrence": n * 1_000_000}}}, name=f"Layer {n}") for n in range(1, 6)]
    for n in range(1, 6):
        verdict = judge(layers[:n], gl({"each_occurrence": 1}))
        one = finding(verdict, "general_liability.each_occurrence")
        assert one["expected"] == n * 1_000_000, verdict
        assert one["source"] == {"name": f"Layer {n}", "layer": n - 1, "stage": False}, one


def case_source_of_each_rule():
    """Each effective rule is traced to the set that it came from"""
    sets = [asks({"general_liability": {"basis": "claims_made", "minimum": {"each_occurrence": 2_000_000}}, "pollution": {}},
                 name="Company", holder={"names": ["x"]}),
            asks({"general_liability": {"minimum": {"each_occurrence": 3_000_000}}}, name="Trade", carrier={"minimum_rating": "A"}),
            asks({"general_liability": {"aggregate_per": "project"}}, name="Project",
                 stages={"post_construction": {"cancellation_notice": "form"}})]
    verdict = judge(sets, gl(), project={"stage": "post_construction"})
    told = {f["rule"]: (f["source"]["name"], f["source"]["stage"]) for f in verdict["findings"]}
    assert told == {"general_liability.basis": ("Company", False), "general_liability.each_occurrence": ("Trade", False),
                    "general_liability.aggregate_per": ("Project", False), "pollution.present": ("Company", False),
                    "general_liability.carrier_rating": ("Trade", False), "certificate.holder": ("Company", False),
                    "certificate.cancellation_notice": ("Project", True)}, told


def case_stage():
    """The stage is laid over the sets last and replaces its members as a whole"""
    asked = asks({"general_liability": {"basis": "claims_made"}, "automobile_liability": {}}, warning_days=300, stages={
        "pre_construction": {"coverages": {"workers_compensation": {}}},
        "post_construction": {"warning_days": 1}})
    expect(judge(asked, gl(), auto()), "non_compliant", "f:general_liability.basis")
    expect(judge(asked, gl(), auto(), project={"stage": "course_of_construction"}), "non_compliant", "f:general_liability.basis")
    expect(judge(asked, wc(), project={"stage": "pre_construction"}), "expiring")
    expect(judge(asked, gl(), project={"stage": "pre_construction"}), "non_compliant", "f:workers_compensation.present")
    expect(judge(asked, gl(basis="claims_made", retroactive_date="2020-01-01"), auto(), project={"stage": "post_construction"}),
           "compliant")
    for spelled in ("Pre-Construction", "pre construction", "PRE_CONSTRUCTION"):
        expect(judge(asked, wc(), project={"stage": spelled}), "expiring")


def case_stage_of_layers():
    """Stages of several layers: the more specific replaces a member of the same stage, null takes a stage away"""
    base = asks({"general_liability": {}}, stages={"pre_construction": {"coverages": {"pollution": {}}, "warning_days": 5}})
    stage = {"project": {"stage": "pre_construction"}}
    expect(judge([base], **stage), "missing", "f:pollution.present")
    expect(judge([base, asks(stages={"pre_construction": {"coverages": {"cyber": {}}}})], **stage), "missing", "f:cyber.present")
    expect(judge([base, asks(stages={"pre_construction": None})], **stage), "missing", "f:general_liability.present")
    expect(judge([base, asks(stages=None)], **stage), "missing", "f:general_liability.present")
    expect(judge([base, asks(stages={"post_construction": {"coverages": {"cyber": {}}}})], **stage), "missing", "f:pollution.present")
    expect(judge([base, asks({"automobile_liability": {}})], **stage), "missing", "f:pollution.present")
    expect(judge(asks({"general_liability": {}}, stages={"pre_construction": {"coverages": None}}), **stage), "not_required")


def refused(document, *named):
    done = run(document)
    assert done.returncode in (2, 4) and not done.stdout, (done.returncode, done.stdout)
    assert done.stderr.startswith("certholderctl: evaluate: "), done.stderr
    for word in named:
        assert word in done.stderr, (word, done.stderr)


def case_refused_sets():
    """A set that cannot be understood is refused, and the member named: it would silently ask for nothing"""
    for member, named in (({"warning": 30}, "warning"), ({"warning_days": "30"}, "warning_days"), ({"warning_days": -1}, "warning_days"),
                          ({"warning_days": 1.5}, "warning_days"), ({"schema": 2}, "schema"), ({"name": 7}, "name"),
                          ({"coverages": []}, "coverages"), ({"coverages": {"general_liability": []}}, "coverages.general_liability"),
                          ({"coverages": {"general_liability": {"minimun": {}}}}, "minimun"),
                          ({"coverages": {"general_liability": {"minimum": {"each": 1}}}}, "each"),
                          ({"coverages": {"general_liability": {"minimum": {"each_occurrence": "1"}}}}, "each_occurrence"),
                          ({"coverages": {"general_liability": {"basis": "sometimes"}}}, "occurrence or claims_made"),
                          ({"coverages": {"general_liability": {"aggregate_per": "x"}}}, "policy, project or location"),
                          ({"coverages": {"general_liability": {"additional_insured": "none"}}}, "box, description or form"),
                          ({"coverages": {"general_liability": {"additional_insured": True}}}, "additional_insured"),
                          ({"coverages": {"automobile_liability": {"autos": "some"}}}, "owned_hired_non_owned"),
                          ({"coverages": {"workers_compensation": {"statutory": "yes"}}}, "statutory"),
                          ({"coverages": {"general_liability": {"endorsements": "CG 20 10"}}}, "endorsements"),
                          ({"umbrella_adds_to": "general_liability"}, "umbrella_adds_to"), ({"holder": ["x"]}, "holder"),
                          ({"holder": {"name": "x"}}, "holder.name"), ({"named_insured": "any"}, "named_insured"),
                          ({"carrier": {"minimum_rating": "AAA"}}, "minimum_rating"), ({"carrier": {"minimum_size": "XX"}}, "minimum_size"),
                          ({"carrier": {"rating": "A"}}, "carrier.rating"), ({"cancellation_notice": "30"}, "cancellation_notice"),
                          ({"stages": []}, "stages"), ({"stages": {"pre_construction": {"stages": {}}}}, "stages"),
                          ({"stages": {"pre_construction": {"warnings": 1}}}, "warnings")):
        refused({"today": "2026-01-01", "requirements": [member]}, "requirements[0]", named)


def case_refused_documents():
    """A document that cannot be understood is refused, and the member named"""
    for document, named in (("", "JSON"), ("{", "JSON"), ("[]", "object"), ("{}", "today"), ("null", "object"),
                            ({"today": "2026-02-29"}, "today"), ({"today": "01/02/2026"}, "today"), ({"today": 20260101}, "today"),
                            ({"today": "2026-01-01", "requirements": {}}, "requirements"),
                            ({"today": "2026-01-01", "certificates": {}}, "certificates"),
                            ({"today": "2026-01-01", "certificates": [7]}, "certificates[0]"),
                            ({"today": "2026-01-01", "certificates": [{"policies": [{}]}]}, "policies[0].coverage"),
                            ({"today": "2026-01-01", "certificates": [{"policies": [{"coverage": "gl"}]}]}, "coverage"),
                            ({"today": "2026-01-01", "certificates": [{"policies": [{"coverage": "other", "effective": "soon"}]}]}, "effective"),
                            ({"today": "2026-01-01", "certificates": [{"policies": [{"coverage": "other", "limits": {"aggregate": -1}}]}]},
                             "aggregate"),
                            ({"today": "2026-01-01", "certificates": [{"policies": [{"coverage": "other", "limits": {"aggregate": 1e300}}]}]},
                             "aggregate"),
                            ({"today": "2026-01-01", "certificates": [{"endorsements": "CG 20 10"}]}, "endorsements"),
                            ({"today": "2026-01-01", "waivers": [{"until": "2026-02-01"}]}, "waivers[0].rule"),
                            ({"today": "2026-01-01", "waivers": [{"rule": "x"}]}, "waivers[0].until"),
                            ({"today": "2026-01-01", "exempt": {"why": "x"}}, "exempt.until"),
                            ({"today": "2026-01-01", "exempt": True}, "exempt"),
                            ({"today": "2026-01-01", "carriers": [{"rating": "A"}]}, "carriers[0].naic"),
                            ({"today": "2026-01-01", "project": "x"}, "project"), ({"today": "2026-01-01", "sub": []}, "sub")):
        refused(document, named)


def case_unknown_members():
    """Members that others added to certificates are left alone; one beside them in the document is told of"""
    asked = asks({"general_liability": {}})
    expect(judge(asked, certificate(gl(colour="blue"), notes="x")), "compliant")
    done = run({"today": "2026-01-01", "requirments": [asked]})
    assert done.returncode == 0 and "requirments" in done.stderr, (done.returncode, done.stderr)
    assert json.loads(done.stdout)["status"] == "not_required"


def case_today_override():
    """--today judges on that day instead of the document's own"""
    document = {"today": "2026-06-01", "requirements": [asks({"general_liability": {}})], "certificates": [certificate(gl())]}
    assert json.loads(run(document, "--today", "2027-01-01").stdout)["status"] == "expired"
    del document["today"]
    assert json.loads(run(document, "--today", "2026-12-31").stdout)["status"] == "compliant"
    assert run(document, "--today", "tomorrow").returncode == 2


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
