"""Additional insured, completed operations, primary wording, waivers of subrogation, notice and endorsements: at which
level each is shown, and what takes it back."""

from judging import auto, asks, certificate, expect, expect_values, gl, judge, policy, tap, umbrella, wc

AI = "additional_insured"
CO = "completed_operations_additional_insured"
PNC = "primary_noncontributory"
WOS = "waiver_of_subrogation"
LEVELS = ["box", "description", "form"]


def shown(member, found, coverage="general_liability", **papers):
    """Holds the level found against each level asked: met up to it, short above it, failing where there is none."""
    boxes = {k: papers.pop(k) for k in list(papers) if k in (AI, WOS)}
    for level in LEVELS:
        asked = asks({coverage: {member: level}})
        verdict = judge(asked, certificate(policy(coverage, basis="occurrence", **boxes), **papers))
        open_rules = [f for f in verdict["findings"] if f["severity"] != "warning"]
        if found is not None and LEVELS.index(level) <= LEVELS.index(found):
            assert verdict["status"] == "compliant" and not open_rules, (member, level, found, papers, verdict)
            continue
        assert verdict["status"] == "non_compliant" and len(open_rules) == 1, (member, level, found, papers, verdict)
        assert open_rules[0]["severity"] == ("fail" if found is None else "needs_evidence"), (member, level, found, papers, verdict)
        expect_values(verdict, f"{coverage}.{member}", level, found)


def case_additional_insured_box():
    """Additional insured: the box is the lowest level, and N or blank is none"""
    shown(AI, "box", additional_insured=True)
    shown(AI, None, additional_insured=False)
    shown(AI, None)


def case_additional_insured_description():
    """Additional insured: the words in the description of operations, in any case and spelling"""
    for text in ("Acme Builders, Inc. is additional insured.", "CERTIFICATE HOLDER IS INCLUDED AS ADDITIONAL INSURED",
                 "Additional-Insured: Acme", "The holder and owner are additional insureds as required by written contract",
                 "Additional\ninsured status applies", "Add'l Insured: Acme Builders"):
        shown(AI, "description", description_of_operations=text)
    for text in ("", "Electrical work at the harbor school", "insured additional", "Additional named parties are insured"):
        shown(AI, None, description_of_operations=text)


def case_negated():
    """Wording that is taken back does not count: "not additional insured" """
    for text in ("Holder is not additional insured", "Acme is NOT an additional insured.", "No additional insured status applies",
                 "additional insured status is not provided", "Additional insured: excluded", "without additional insured status",
                 "Neither the holder nor the owner is an additional insured", "Coverage excludes any additional insured",
                 "This certificate doesn't make the holder an additional insured", "Additional insured does not apply"):
        shown(AI, None, description_of_operations=text)
        shown(AI, "box", description_of_operations=text, additional_insured=True)


def case_not_negated():
    """Words that only look like a negation take nothing back"""
    for text in ("Re: Project No. 4711, Acme Builders is additional insured", "Job no 12 Acme is additional insured",
                 "Holder is not a named insured; it is an additional insured", "Including but not limited to additional insured status",
                 "On all policies except workers compensation additional insured status applies",
                 "The owner is not named but the contractor is additional insured",
                 "Holder is not additional insured on auto. Holder is additional insured on general liability."):
        shown(AI, "description", description_of_operations=text)


def case_additional_insured_form():
    """Additional insured: CG 20 10, 20 38 or 20 33 in any edition, or a title with the words"""
    for form in ("CG 20 10", "CG 20 10 04 13", "CG2010", "cg 20 10 12 19", "CG 20 10 (11/85)", "CG-20-10-07-04", "CG 20 38 12 19",
                 "CG 20 33 04 13", "Blanket Additional Insured (CG 20 10)", "CG 20 37 04 13 & CG 20 10 04 13",
                 "Blanket additional insured - contractors", "ADDITIONAL INSURED - OWNERS, LESSEES"):
        shown(AI, "form", endorsements=[form])
        shown(AI, "form", endorsements=["IL 00 17", form], additional_insured=True)
    for form in ("CG 20 37 04 13", "CG 20 01", "CG 24 04", "CG 20 1", "CA 20 10", "Insured additional"):
        shown(AI, None, endorsements=[form])
    shown(AI, None, endorsements=["CG 20 37 04 13 Additional insured - completed operations"])


def case_highest_level_counts():
    """Of several levels the highest counts"""
    words = {"description_of_operations": "Holder is additional insured."}
    shown(AI, "description", additional_insured=True, **words)
    shown(AI, "form", additional_insured=True, endorsements=["CG 20 10"], **words)


def case_completed_operations():
    """Completed operations: CG 20 37 or CG 20 10 11 85; the words in one sentence; no box"""
    for form in ("CG 20 37", "CG 20 37 04 13", "CG 20 10 11 85", "CG 20 10 11/85", "CG20101185"):
        shown(CO, "form", endorsements=[form])
    for form in ("CG 20 10", "CG 20 10 10 01", "CG 20 10 07 04", "CG 20 10 04 13", "CG 20 10 12 19", "CG 20 33", "CG 20 38"):
        shown(CO, None, endorsements=[form])
    shown(CO, None, additional_insured=True)
    shown(CO, "description", description_of_operations="Holder is additional insured for ongoing and completed operations.")
    shown(CO, "description", description_of_operations="Completed operations; additional insured status applies")
    shown(CO, None, description_of_operations="Holder is additional insured. Completed operations are included.")
    shown(CO, None, description_of_operations="Holder is additional insured, excluding completed operations.")
    shown(CO, None, description_of_operations="Holder is not additional insured for completed operations.")


def case_never_completed():
    """20 33 and 20 38 never give completed operations, whatever stands behind their number"""
    for form in ("CG 20 33 04 13 Additional insured, completed operations", "CG 20 38 Additional insured - completed operations",
                 "CG 20 10 04 13 additional insured completed operations"):
        shown(CO, None, endorsements=[form])


def case_primary():
    """Primary and non-contributory: CG 20 01, or both words in any spelling; no box"""
    shown(PNC, "form", endorsements=["CG 20 01 12 19"])
    for text in ("Coverage is primary and non-contributory.", "PRIMARY & NONCONTRIBUTORY", "Primary/Non Contributory basis",
                 "primary and non‑contributory", "Insurance is primary. It is non-contributory.",
                 "This insurance is primary and will not contribute"):
        shown(PNC, "description", description_of_operations=text)
    for text in ("Coverage is primary.", "non-contributory", "Coverage is not primary and non-contributory", ""):
        shown(PNC, None, description_of_operations=text)
    shown(PNC, None, additional_insured=True, waiver_of_subrogation=True)
    shown(PNC, None, endorsements=["CG 20 10", "CG 20 37"])


def case_waiver_by_line():
    """A waiver's form counts by line: CG 24 04, CA 04 44, WC 00 03 13 or WC 04 03 06"""
    forms = {"general_liability": ["CG 24 04 05 09"], "automobile_liability": ["CA 04 44 10 13"],
             "workers_compensation": ["WC 00 03 13", "WC 00 03 13 04 84", "WC 04 03 06"]}
    for coverage in forms:
        for owner, numbers in forms.items():
            for number in numbers:
                shown(WOS, "form" if owner == coverage else None, coverage, endorsements=[number])


def case_waiver_wording():
    """A waiver of subrogation in words, and by the box"""
    for text in ("Waiver of subrogation applies.", "WAIVER OF SUBROGATION in favor of Acme", "Subrogation is waived",
                 "Waivers of subrogation apply where required"):
        shown(WOS, "description", description_of_operations=text)
        shown(WOS, "description", "workers_compensation", description_of_operations=text)
    for text in ("No waiver of subrogation applies", "Waiver of subrogation does not apply", "Subrogation", "waiver"):
        shown(WOS, None, description_of_operations=text)
    shown(WOS, "box", waiver_of_subrogation=True)
    shown(WOS, None, waiver_of_subrogation=False)
    shown(WOS, "box", "workers_compensation", waiver_of_subrogation=True)


def case_own_forms():
    """Carriers' own forms are recognised by their title and marked for a person to confirm"""
    for member, title in ((AI, "Blanket Additional Insured Endorsement"), (CO, "Additional Insured - Completed Operations"),
                          (PNC, "Primary and Noncontributory - Other Insurance"), (WOS, "Blanket Waiver of Subrogation")):
        asked = asks({"general_liability": {member: "form"}})
        verdict = judge(asked, certificate(gl(), endorsements=[title]))
        expect(verdict, "compliant", "w:general_liability.carriers_own_form")
        expect_values(verdict, "general_liability.carriers_own_form", None, title)
    asked = asks({"general_liability": {AI: "form"}})
    expect(judge(asked, certificate(gl(), endorsements=["Blanket Additional Insured", "CG 20 10"])), "compliant")
    expect(judge(asks({"general_liability": {AI: "box"}}), certificate(gl(), endorsements=["Blanket Additional Insured"])), "compliant")
    expect(judge(asks({"general_liability": {WOS: "form"}}), certificate(gl(), endorsements=["Workers compensation waiver of subrogation"])),
           "non_compliant", "f:general_liability.waiver_of_subrogation")
    expect(judge(asks({"workers_compensation": {WOS: "form"}}), certificate(wc(), endorsements=["Workers compensation waiver of subrogation"])),
           "compliant", "w:workers_compensation.carriers_own_form")


def case_endorsements():
    """endorsements entries are met by the number in any edition, A|B by either, with an edition only by that one"""
    def asked(*entries):
        return asks({"general_liability": {"endorsements": list(entries)}})

    def on_file(*entries):
        return certificate(gl(), endorsements=list(entries))

    for entry in ("CG 20 10", "CG 20 10 04 13", "CG2010", "CG 20 10 11 85"):
        expect(judge(asked("CG 20 10"), on_file(entry)), "compliant")
    expect(judge(asked("CG 20 10 04 13"), on_file("CG 20 10 04 13")), "compliant")
    expect(judge(asked("CG 20 10 04 13"), on_file("CG 20 10 (04/2013)")), "compliant")
    expect(judge(asked("CG 20 10 04 13"), on_file("CG 20 10 Ed. 4/13")), "compliant")
    for entry in ("CG 20 10", "CG 20 10 12 19", "CG 20 37 04 13"):
        expect(judge(asked("CG 20 10 04 13"), on_file(entry)), "non_compliant", "f:general_liability.endorsement:CG 20 10 04 13")
    for entry in ("CG 20 10 04 13", "CG 20 38 12 19"):
        expect(judge(asked("CG 20 10|CG 20 38"), on_file(entry)), "compliant")
    verdict = expect(judge(asked("CG 20 10|CG 20 38", "CG 20 37"), on_file("CG 20 33")), "non_compliant",
                     "f:general_liability.endorsement:CG 20 10|CG 20 38", "f:general_liability.endorsement:CG 20 37")
    expect_values(verdict, "general_liability.endorsement:CG 20 10|CG 20 38", "CG 20 10|CG 20 38", None)
    expect(judge(asked("Blanket additional insured"), on_file("BLANKET ADDITIONAL INSURED - form 77")), "compliant")
    expect(judge(asked(), on_file()), "compliant")


def case_workers_forms():
    """Workers' compensation forms have six digits"""
    asked = asks({"workers_compensation": {"endorsements": ["WC 00 03 13"]}})
    expect(judge(asked, certificate(wc(), endorsements=["WC 00 03 13 04 84"])), "compliant")
    expect(judge(asked, certificate(wc(), endorsements=["WC 00 03"])), "non_compliant", "f:workers_compensation.endorsement:WC 00 03 13")
    expect(judge(asked, certificate(wc(), endorsements=["WC 04 03 06"])), "non_compliant", "f:workers_compensation.endorsement:WC 00 03 13")


def case_notice():
    """Cancellation: a form with "notice of cancellation", or days near it in the description"""
    def on_file(**papers):
        return certificate(gl(), **papers)

    def level_of(found, **papers):
        for level in LEVELS:
            verdict = judge(asks({"general_liability": {}}, cancellation_notice=level), on_file(**papers))
            if found is not None and LEVELS.index(level) <= LEVELS.index(found):
                expect(verdict, "compliant")
            else:
                expect(verdict, "non_compliant", ("f" if found is None else "n") + ":certificate.cancellation_notice")
                expect_values(verdict, "certificate.cancellation_notice", level, found)

    level_of("form", endorsements=["Designated Entity - Notice of Cancellation Provided by Us"])
    for text in ("30 days notice of cancellation applies.", "30-day notice of cancellation", "Thirty (30) days' prior written notice of cancellation",
                 "Notice of cancellation: 30 days, 10 days for non-payment"):
        level_of("description", description_of_operations=text)
    for text in ("Notice of cancellation applies", "30 days", "No notice of cancellation within 30 days", "",
                 "Work lasts 30 days." + " The electrical work covers every floor of the building." * 3 + " Notice of cancellation"):
        level_of(None, description_of_operations=text)
    level_of(None, endorsements=["CG 20 10"])


def case_evidence_of_its_own_certificate():
    """A right counts where it stands: on the certificate of the judged policy"""
    asked = asks({"general_liability": {AI: "form"}, "automobile_liability": {}})
    expect(judge(asked, certificate(gl()), certificate(auto(), endorsements=["CG 20 10"])), "non_compliant",
           "f:general_liability.additional_insured")
    expect(judge(asked, certificate(gl(), endorsements=["CG 20 10"]), certificate(auto())), "compliant")
    expect(judge(asked, certificate(gl(), auto(), endorsements=["CG 20 10"]), certificate(gl(), auto())), "non_compliant",
           "f:general_liability.additional_insured")


def case_umbrella_rights():
    """The umbrella's own rights are judged like any other's"""
    asked = asks({"umbrella_excess": {AI: "description", WOS: "box"}})
    expect(judge(asked, umbrella()), "non_compliant", "f:umbrella_excess.additional_insured", "f:umbrella_excess.waiver_of_subrogation")
    expect(judge(asked, certificate(umbrella(waiver_of_subrogation=True), description_of_operations="Additional insured: Acme")), "compliant")


def case_place():
    """A finding tells where to look: certificate, value, page and box"""
    paper = certificate(auto(), gl({"each_occurrence": 500_000}), fields=[
        {"path": "policies[1].limits.each_occurrence", "confidence": 0.99, "page": 2, "box": [1, 2, 3.5, 4]}])
    asked = asks({"general_liability": {"minimum": {"each_occurrence": 1_000_000}, AI: "box"}})
    verdict = judge(asked, certificate(wc()), paper)
    limit = expect_values(verdict, "general_liability.each_occurrence", 1_000_000, 500_000)
    assert limit["where"] == {"certificate": 1, "path": "policies[1].limits.each_occurrence", "page": 2, "box": [1, 2, 3.5, 4]}, limit
    right = expect_values(verdict, "general_liability.additional_insured", "box", None)
    assert right["where"] == {"certificate": 1, "path": "policies[1].additional_insured"}, right


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
