"""Waivers and exemptions: what they take off, until when, and that they never hide anything. And the warnings, which
change no status."""

from judging import EL, LIMITS, auto, asks, certificate, expect, expect_values, finding, gl, judge, other, tap, umbrella, wc

SHORT = LIMITS | {"each_occurrence": 500_000}
ASKED = asks({"general_liability": {"minimum": dict(LIMITS)}}, warning_days=30)
RULE = "general_liability.each_occurrence"


def waiver(rule=RULE, until="2026-06-30"):
    return {"rule": rule, "until": until, "why": "agreed"}


def case_waiver():
    """A waiver holds through its until day; the finding stays visible; the status changes the day after"""
    for today in ("2026-06-01", "2026-06-30"):
        expect(judge(ASKED, gl(SHORT), today=today, waivers=[waiver()]), "compliant", f"[f:{RULE}]", changes_on="2026-07-01")
    expect(judge(ASKED, gl(SHORT), today="2026-07-01", waivers=[waiver()]), "non_compliant", f"f:{RULE}", changes_on="2027-01-01")


def case_longest_waiver():
    """Of several waivers for a rule the longest holds"""
    both = [waiver(until="2026-07-31"), waiver(until="2026-06-30")]
    expect(judge(ASKED, gl(SHORT), waivers=both), "compliant", f"[f:{RULE}]", changes_on="2026-08-01")
    expect(judge(ASKED, gl(SHORT), waivers=both[::-1]), "compliant", f"[f:{RULE}]", changes_on="2026-08-01")


def case_waiver_of_one_rule():
    """A waiver takes off its own rule and no other"""
    low = gl({"each_occurrence": 1, "general_aggregate": 1, "products_completed_operations_aggregate": 2_000_000})
    expect(judge(ASKED, low, waivers=[waiver()]), "non_compliant", f"[f:{RULE}]", "f:general_liability.general_aggregate")
    expect(judge(ASKED, low, waivers=[waiver(), waiver("general_liability.general_aggregate")]), "compliant", f"[f:{RULE}]",
           "[f:general_liability.general_aggregate]", changes_on="2026-07-01")
    expect(judge(ASKED, gl(SHORT), waivers=[waiver("automobile_liability.each_occurrence")]), "non_compliant", f"f:{RULE}")
    expect(judge(ASKED, gl(SHORT), waivers=[waiver("general_liability")]), "non_compliant", f"f:{RULE}")


def case_waiver_of_every_kind():
    """Every rule can be waived: presence, dates, evidence, endorsements as written, names, carriers"""
    asked = asks({"general_liability": {"endorsements": ["CG 20 10|CG 20 38"], "additional_insured": "form"}, "pollution": {}},
                 holder={"names": ["x"]}, named_insured="legal", carrier={"minimum_rating": "A"}, cancellation_notice="form")
    ids = ["general_liability.endorsement:CG 20 10|CG 20 38", "general_liability.additional_insured", "pollution.present",
           "certificate.holder", "certificate.named_insured", "general_liability.carrier_rating", "certificate.cancellation_notice"]
    verdict = judge(asked, gl(), sub={"name": "s"}, waivers=[waiver(i) for i in ids])
    assert verdict["status"] == "compliant" and verdict["changes_on"] == "2026-07-01", verdict
    assert sorted(f["rule"] for f in verdict["findings"]) == sorted(ids) and all(f["waived"] for f in verdict["findings"]), verdict


def case_waived_expired():
    """expired needs that finding not waived; then the other rules decide"""
    old = gl(effective="2025-01-01", expiration="2026-01-01")
    expect(judge(ASKED, old), "expired", "f:general_liability.in_force")
    expect(judge(ASKED, old, waivers=[waiver("general_liability.in_force")]), "compliant", "[f:general_liability.in_force]",
           changes_on="2026-07-01")
    both = asks({"general_liability": {}, "automobile_liability": {}})
    expect(judge(both, old, waivers=[waiver("general_liability.in_force")]), "non_compliant", "[f:general_liability.in_force]",
           "f:automobile_liability.present", changes_on="2026-07-01")


def case_waived_missing():
    """Where nothing is on file a waiver does not make it something"""
    expect(judge(asks({"general_liability": {}}), waivers=[waiver("general_liability.present")]), "missing",
           "[f:general_liability.present]")


def case_exemption():
    """An exemption holds through its until day, whatever is on file, and hides nothing"""
    exempt = {"until": "2026-06-30", "why": "owner's programme"}
    for papers, after, rule in (([], "missing", "f:general_liability.present"), ([gl(SHORT)], "non_compliant", f"f:{RULE}"),
                                ([gl(effective="2025-01-01", expiration="2026-01-01")], "expired", "f:general_liability.in_force")):
        expect(judge(ASKED, *papers, exempt=exempt), "exempt", f"[{rule}]", changes_on="2026-07-01")
        expect(judge(ASKED, *papers, exempt=exempt, today="2026-06-30"), "exempt", f"[{rule}]", changes_on="2026-07-01")
        expect(judge(ASKED, *papers, exempt=exempt, today="2026-07-01"), after, rule)
    expect(judge(ASKED, gl(), exempt=exempt), "exempt", changes_on="2026-07-01")


def case_waived_shortfall_and_umbrella():
    """A waived shortfall takes nothing from an umbrella that its filling would break"""
    asked = asks({"general_liability": {"minimum": dict(LIMITS)}, "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}},
                 umbrella_adds_to=["general_liability"])
    expect(judge(asked, gl(SHORT), umbrella()), "non_compliant", "f:umbrella_excess.each_occurrence")
    expect(judge(asked, gl(SHORT), umbrella(), waivers=[waiver()]), "compliant", f"[f:{RULE}]")
    expect(judge(asked, gl(SHORT), umbrella(), waivers=[waiver("umbrella_excess.each_occurrence")]), "compliant",
           "[f:umbrella_excess.each_occurrence]")
    expect(judge(asked, gl(SHORT), umbrella(6_000_000), waivers=[waiver()]), "compliant")


def case_dropped():
    """A newer certificate that drops a coverage raises a finding"""
    asked = asks({"general_liability": {}, "automobile_liability": {}})
    both = certificate(gl(), auto(), date="2026-01-05")
    verdict = expect(judge(asked, both, certificate(gl(), date="2026-05-01")), "compliant", "w:automobile_liability.dropped")
    expect_values(verdict, "automobile_liability.dropped", None, "2026-05-01")
    expect(judge(asked, both, certificate(gl()), both), "compliant")
    expect(judge(asks({"general_liability": {}}), both, certificate(gl())), "compliant")


def case_not_dropped():
    """Another broker's certificate, or one beside the first, drops nothing"""
    asked = asks({"general_liability": {}, "automobile_liability": {}})
    expect(judge(asked, certificate(auto()), certificate(gl())), "compliant")
    expect(judge(asked, certificate(gl(), auto(), producer={"name": "Broker One"}),
                 certificate(gl(policy_number="X"), producer={"name": "Broker Two"})), "compliant")
    expect(judge(asked, certificate(gl(), auto(), producer={"name": "Broker One"}),
                 certificate(gl(policy_number="X"), producer={"name": "BROKER ONE"})), "compliant", "w:automobile_liability.dropped")


def case_same_number_new_dates():
    """The same number with new dates is a warning for a person"""
    asked = asks({"general_liability": {}})
    verdict = expect(judge(asked, gl(effective="2025-01-01", expiration="2026-01-01"), gl()), "compliant",
                     "w:general_liability.policy_dates")
    expect_values(verdict, "general_liability.policy_dates", "2025-01-01/2026-01-01", "2026-01-01/2027-01-01")
    expect(judge(asked, gl(effective="2025-01-01", expiration="2026-01-01"), gl(policy_number="GE-2")), "compliant")
    expect(judge(asked, gl(), gl()), "compliant")
    expect(judge(asked, gl(policy_number=None, effective="2025-01-01", expiration="2026-01-01"), gl(policy_number=None)), "compliant")


def case_insurer_and_naic():
    """An insurer's name and NAIC that disagree are a warning, never an accusation"""
    asked = asks({"general_liability": {}})

    def paper(name, naic, **more):
        return certificate(gl(insurer="A", **more), insurers=[{"letter": "A", "name": name, "naic": naic}])

    carriers = [{"naic": "10001", "name": "Granite Mutual Insurance Company", "rating": "A"}]
    expect(judge(asked, paper("GRANITE MUTUAL INS CO", "10001"), carriers=carriers), "compliant")
    verdict = expect(judge(asked, paper("Zephyr Casualty", "10001"), carriers=carriers), "compliant", "w:certificate.insurer_naic")
    text = finding(verdict, "certificate.insurer_naic")["text"]
    assert "Zephyr Casualty" in text and "10001" in text, text
    expect(judge(asked, paper("Zephyr Casualty", "10001")), "compliant")
    expect(judge(asked, paper("Granite Mutual", "10001"), paper("Zephyr Casualty", "10001", policy_number="2")), "compliant",
           "w:certificate.insurer_naic")
    expect(judge(asked, paper("Granite Mutual", "10001"), paper("Granite Mutual", "10002", policy_number="2")), "compliant",
           "w:certificate.insurer_naic")


def case_owner_excluded():
    """An owner excluded, or a policy without payroll, insures nobody: warning"""
    asked = asks({"workers_compensation": {"statutory": True}})
    expect(judge(asked, wc(owner_excluded=True)), "compliant", "w:workers_compensation.owner_excluded")
    expect(judge(asked, wc(owner_excluded=False)), "compliant")
    for text in ("The owner is excluded from workers compensation", "All officers excluded.", "Sole proprietor is excluded"):
        expect(judge(asked, certificate(wc(), description_of_operations=text)), "compliant", "w:workers_compensation.owner_excluded")
    expect(judge(asked, certificate(wc(), description_of_operations="No officers are excluded")), "compliant")
    for text in ("Workers compensation is written on an if any basis", "WC policy: no payroll"):
        expect(judge(asked, certificate(wc(), description_of_operations=text)), "compliant", "w:workers_compensation.no_payroll")
    expect(judge(asked, wc(coverage_text="Workers compensation (if any)")), "compliant", "w:workers_compensation.no_payroll")
    expect(judge(asked, certificate(wc(), description_of_operations="Additional insureds, if any, as required")), "compliant")
    expect(judge(asks({"general_liability": {}}), certificate(gl(), wc(owner_excluded=True))), "compliant")


def case_retroactive_date():
    """A claims-made policy without a retroactive date is a warning"""
    asked = asks({"professional": {"minimum": {"each_occurrence": 1}}})
    made = {"basis": "claims_made", "limits": {"each_occurrence": 1}}
    expect(judge(asked, other("Professional", **made)), "compliant", "w:professional.retroactive_date")
    expect(judge(asked, other("Professional", retroactive_date="2020-01-01", **made)), "compliant")
    expect(judge(asked, other("Professional, retro date 1/1/2020", **made)), "compliant")
    expect(judge(asked, certificate(other("Professional", **made), description_of_operations="Retroactive date 1/1/2020")), "compliant")
    expect(judge(asked, other("Professional", limits={"each_occurrence": 1})), "compliant")


def case_new_york():
    """New York: ACORD 855 is asked for; action-over exclusions are a warning"""
    asked = asks({"general_liability": {"additional_insured": "box"}})
    paper = {"project": {"name": "P", "state": "NY"}}
    insured = gl(additional_insured=True)
    expect(judge(asked, insured, **paper), "compliant", "w:certificate.acord_855")
    expect(judge(asked, insured, project={"name": "P", "state": "NJ"}), "compliant")
    expect(judge(asked, certificate(insured, endorsements=["ACORD 855 NY"]), **paper), "compliant")
    expect(judge(asked, insured, certificate(form="ACORD 855"), **paper), "compliant")
    expect(judge(asked, certificate(insured, description_of_operations="See attached ACORD 855."), **paper), "compliant")
    expect(judge(asks({"automobile_liability": {"additional_insured": "box"}}), auto(additional_insured=True), **paper), "compliant")
    for more in ({"description_of_operations": "Action over exclusion applies. ACORD 855 attached"},
                 {"description_of_operations": "ACORD 855 attached; labor law claims are excluded"},
                 {"endorsements": ["ACORD 855", "Action-Over Exclusion"]}):
        expect(judge(asked, certificate(insured, **more), **paper), "compliant", "w:general_liability.action_over_exclusion")
    expect(judge(asked, certificate(insured, description_of_operations="ACORD 855 attached. No action over exclusion."), **paper), "compliant")


def case_warnings_can_be_waived():
    """A person may note a warning as settled: it stays visible"""
    asked = asks({"workers_compensation": {"minimum": dict(EL)}})
    expect(judge(asked, wc(owner_excluded=True), waivers=[waiver("workers_compensation.owner_excluded")]), "compliant",
           "[w:workers_compensation.owner_excluded]", changes_on="2027-01-01")


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
