"""Limits, what an umbrella or excess layers put on top of them, autos, and employers' liability."""

from judging import EL, LIMITS, auto, asks, certificate, expect, expect_values, finding, gl, judge, other, policy, tap, umbrella, wc

GL = {"minimum": dict(LIMITS)}
ALL_LINES = ["general_liability", "automobile_liability", "workers_compensation"]
SHORT = LIMITS | {"each_occurrence": 500_000}


def case_at_the_limit():
    """A limit is met by the amount itself, not by a dollar less"""
    for name, amount in LIMITS.items():
        asked = asks({"general_liability": {"minimum": {name: amount}}})
        expect(judge(asked, gl({name: amount})), "compliant")
        verdict = expect(judge(asked, gl({name: amount - 1})), "non_compliant", f"f:general_liability.{name}")
        expect_values(verdict, f"general_liability.{name}", amount, amount - 1)


def case_every_limit():
    """Every limit of the form can be asked, each under its own name"""
    for coverage, names in {
        "general_liability": ["each_occurrence", "damage_to_rented_premises", "medical_expense", "personal_advertising_injury",
                              "general_aggregate", "products_completed_operations_aggregate"],
        "automobile_liability": ["combined_single_limit", "bodily_injury_per_person", "bodily_injury_per_accident", "property_damage"],
        "umbrella_excess": ["each_occurrence", "aggregate"],
        "workers_compensation": ["el_each_accident", "el_disease_each_employee", "el_disease_policy_limit"],
    }.items():
        asked = asks({coverage: {"minimum": dict.fromkeys(names, 100)}})
        expect(judge(asked, policy(coverage, dict.fromkeys(names, 100))), "compliant")
        expect(judge(asked, policy(coverage, dict.fromkeys(names, 99))), "non_compliant", *(f"f:{coverage}.{n}" for n in names))
        expect(judge(asked, policy(coverage)), "non_compliant", *(f"f:{coverage}.{n}" for n in names))


def case_not_shown():
    """A limit asked but not shown fails, and nothing was found; a printed 0 is 0"""
    asked = asks({"general_liability": GL})
    expect_values(judge(asked, gl({"general_aggregate": 2_000_000})), "general_liability.each_occurrence", 1_000_000, None)
    expect_values(judge(asked, gl(LIMITS | {"each_occurrence": 0})), "general_liability.each_occurrence", 1_000_000, 0)
    expect(judge(asks({"general_liability": {"minimum": {"each_occurrence": 0}}}), gl({})), "non_compliant",
           "f:general_liability.each_occurrence")
    expect(judge(asks({"general_liability": {"minimum": {"each_occurrence": 0}}}), gl({"each_occurrence": 0})), "compliant")
    expect(judge(asks({"general_liability": {"minimum": {}}}), gl({})), "compliant")
    expect(judge(asks({"general_liability": {"minimum": {"each_occurrence": None}}}), gl({})), "compliant")


def case_not_shown_is_not_filled():
    """An umbrella does not stand in for a limit that is not shown at all"""
    asked = asks({"general_liability": GL}, umbrella_adds_to=ALL_LINES)
    expect(judge(asked, gl({k: v for k, v in LIMITS.items() if k != "each_occurrence"}), umbrella()), "non_compliant",
           "f:general_liability.each_occurrence")


def case_text_of_amounts():
    """Findings tell amounts as people write them"""
    text = finding(judge(asks({"general_liability": GL}), gl(SHORT)), "general_liability.each_occurrence")["text"]
    assert "$500,000" in text and "$1,000,000" in text and "each occurrence" in text, text


def case_umbrella_fills():
    """An umbrella fills a short primary limit if the set names the line, and only then"""
    expect(judge(asks({"general_liability": GL}), gl(SHORT), umbrella()), "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(asks({"general_liability": GL}, umbrella_adds_to=["automobile_liability"]), gl(SHORT), umbrella()),
           "non_compliant", "f:general_liability.each_occurrence")
    adds = asks({"general_liability": GL}, umbrella_adds_to=["general_liability"])
    expect(judge(adds, gl(SHORT), umbrella()), "compliant")
    expect(judge(adds, gl(SHORT), umbrella(500_000)), "compliant")
    expect(judge(adds, gl(SHORT), umbrella(499_999)), "non_compliant", "f:general_liability.each_occurrence")


def case_umbrella_in_force():
    """Only an umbrella in force fills"""
    adds = asks({"general_liability": GL}, umbrella_adds_to=["general_liability"], warning_days=0)
    expect(judge(adds, gl(SHORT), umbrella(expiration="2026-06-01")), "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(adds, gl(SHORT), umbrella(expiration="2026-06-02")), "compliant", changes_on="2026-06-02")
    expect(judge(adds, gl(SHORT), umbrella(effective="2026-06-02")), "non_compliant", "f:general_liability.each_occurrence",
           changes_on="2026-06-02")


def case_worked_umbrella():
    """GL of 500,000 with a 5M umbrella and an umbrella minimum of 5M: 4.5M remain, which is short"""
    asked = asks({"general_liability": GL, "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}},
                 umbrella_adds_to=["general_liability"])
    verdict = expect(judge(asked, gl(SHORT), umbrella()), "non_compliant", "f:umbrella_excess.each_occurrence")
    expect_values(verdict, "umbrella_excess.each_occurrence", 5_000_000, 4_500_000)
    expect(judge(asked, gl(SHORT), umbrella(5_500_000)), "compliant")
    expect(judge(asked, gl(SHORT), umbrella(5_499_999)), "non_compliant", "f:umbrella_excess.each_occurrence")
    expect(judge(asked, gl(), umbrella()), "compliant")


def case_order_of_the_set():
    """The umbrella is judged on what remains, wherever it stands in the set"""
    coverages = {"umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}, "general_liability": GL}
    expect(judge(asks(coverages, umbrella_adds_to=["general_liability"]), gl(SHORT), umbrella()), "non_compliant",
           "f:umbrella_excess.each_occurrence")


def case_largest_shortfall():
    """What remains is counted after the largest shortfall filled, not after their sum"""
    asked = asks({"general_liability": GL, "automobile_liability": {"minimum": {"combined_single_limit": 1_000_000}},
                  "workers_compensation": {"minimum": dict(EL)},
                  "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}}, umbrella_adds_to=ALL_LINES)
    short_auto = auto({"combined_single_limit": 300_000})
    short_wc = wc(EL | {"el_disease_policy_limit": 500_000})
    expect(judge(asked, gl(SHORT), short_auto, short_wc, umbrella(5_700_000)), "compliant")
    verdict = expect(judge(asked, gl(SHORT), short_auto, short_wc, umbrella(5_699_999)), "non_compliant",
                     "f:umbrella_excess.each_occurrence")
    expect_values(verdict, "umbrella_excess.each_occurrence", 5_000_000, 4_999_999)


def case_shortfall_that_is_not_filled():
    """A shortfall that the umbrella is too small for takes nothing from it"""
    asked = asks({"general_liability": {"minimum": {"each_occurrence": 9_000_000}},
                  "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}}, umbrella_adds_to=ALL_LINES)
    expect(judge(asked, gl(), umbrella()), "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(asked, gl(), umbrella(8_000_000)), "non_compliant", "f:umbrella_excess.each_occurrence")


def case_aggregates():
    """GL's aggregates are filled by the umbrella's aggregate, or where that is not shown, by its each occurrence"""
    asked = asks({"general_liability": GL, "umbrella_excess": {"minimum": {"aggregate": 5_000_000}}}, umbrella_adds_to=ALL_LINES)
    for name in ("general_aggregate", "products_completed_operations_aggregate"):
        short = gl(LIMITS | {name: 1_000_000})
        expect(judge(asked, short, umbrella(aggregate=6_000_000)), "compliant")
        verdict = expect(judge(asked, short, umbrella(aggregate=5_999_999)), "non_compliant", "f:umbrella_excess.aggregate")
        expect_values(verdict, "umbrella_excess.aggregate", 5_000_000, 4_999_999)
        only = asks({"general_liability": GL}, umbrella_adds_to=ALL_LINES)
        expect(judge(only, short, umbrella(1, aggregate=1_000_000)), "compliant")
        expect(judge(only, short, umbrella(9_000_000, aggregate=999_999)), "non_compliant", f"f:general_liability.{name}")
        expect(judge(only, short, umbrella(1_000_000, aggregate=None)), "compliant")
        expect(judge(only, short, umbrella(999_999, aggregate=None)), "non_compliant", f"f:general_liability.{name}")
    expect_values(judge(asked, gl(), umbrella(aggregate=None)), "umbrella_excess.aggregate", 5_000_000, None)


def case_occurrence_and_aggregate_apart():
    """Shortfalls in occurrence-type limits and in aggregates are counted apart"""
    asked = asks({"general_liability": GL, "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000, "aggregate": 5_000_000}}},
                 umbrella_adds_to=ALL_LINES)
    expect(judge(asked, gl(LIMITS | {"general_aggregate": 1_000_000}), umbrella(5_000_000, 6_000_000)), "compliant")
    expect(judge(asked, gl(SHORT), umbrella(5_500_000, 5_000_000)), "compliant")
    expect(judge(asked, gl({"each_occurrence": 500_000, "general_aggregate": 1_000_000,
                            "products_completed_operations_aggregate": 1_500_000}), umbrella()), "non_compliant",
           "f:umbrella_excess.each_occurrence", "f:umbrella_excess.aggregate")


def case_limits_beside_the_umbrella():
    """Rented premises, medical expense and personal injury are not what an umbrella fills"""
    for name in ("damage_to_rented_premises", "medical_expense", "personal_advertising_injury"):
        asked = asks({"general_liability": {"minimum": {name: 100_000}}}, umbrella_adds_to=ALL_LINES)
        expect(judge(asked, gl({name: 50_000}), umbrella()), "non_compliant", f"f:general_liability.{name}")


def case_auto_and_el():
    """Auto and employers' liability are filled by each occurrence, even their aggregate-like limits"""
    asked = asks({"automobile_liability": {"minimum": {"combined_single_limit": 1_000_000}}}, umbrella_adds_to=ALL_LINES)
    expect(judge(asked, auto({"combined_single_limit": 500_000}), umbrella(500_000, 1)), "compliant")
    expect(judge(asked, auto({"combined_single_limit": 499_999}), umbrella(500_000, 1)), "non_compliant",
           "f:automobile_liability.combined_single_limit")
    asked = asks({"workers_compensation": {"minimum": dict(EL)}}, umbrella_adds_to=ALL_LINES)
    for name in EL:
        expect(judge(asked, wc(EL | {name: 500_000}), umbrella(500_000, 1)), "compliant")
        expect(judge(asked, wc(EL | {name: 499_999}), umbrella(500_000, 1)), "non_compliant", f"f:workers_compensation.{name}")


def case_layers_add_up():
    """Umbrella and excess layers in force add up"""
    asked = asks({"umbrella_excess": {"minimum": {"each_occurrence": 5_000_000, "aggregate": 5_000_000}}}, warning_days=0)
    lower = umbrella(2_000_000, 2_000_000, policy_number="U", kind="umbrella")
    upper = umbrella(3_000_000, 3_000_000, policy_number="X", kind="excess", expiration="2026-10-01")
    expect(judge(asked, certificate(lower, upper)), "compliant", changes_on="2026-10-01")
    expect(judge(asked, lower, upper), "compliant")
    expect(judge(asked, lower, umbrella(2_999_999, 3_000_000, policy_number="X")), "non_compliant", "f:umbrella_excess.each_occurrence")
    verdict = expect(judge(asked, lower, upper, today="2026-10-01"), "non_compliant", "f:umbrella_excess.each_occurrence",
                     "f:umbrella_excess.aggregate")
    expect_values(verdict, "umbrella_excess.aggregate", 5_000_000, 2_000_000)


def case_layer_shown_twice():
    """The same layer on two certificates, or twice on one, is one layer"""
    asked = asks({"umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}})
    layer = umbrella(3_000_000, policy_number="U 77")
    expect(judge(asked, layer, layer), "non_compliant", "f:umbrella_excess.each_occurrence")
    expect(judge(asked, certificate(layer, umbrella(3_000_000, policy_number="u77"))), "non_compliant",
           "f:umbrella_excess.each_occurrence")
    expect(judge(asked, certificate(umbrella(3_000_000, policy_number=None), umbrella(3_000_000, policy_number=None))), "compliant")


def case_choice_with_umbrella():
    """Of two policies without findings the one is judged that leaves the umbrella's own minimum whole"""
    asked = asks({"general_liability": GL, "umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}},
                 umbrella_adds_to=ALL_LINES)
    expect(judge(asked, gl(), gl(SHORT, policy_number="B"), umbrella()), "compliant")
    expect(judge(asked, gl(SHORT, policy_number="B"), gl(), umbrella()), "compliant")


def case_other_coverages():
    """Professional, pollution and other names match the word in an other policy's text, a limit per claim"""
    for name, text in (("professional", "PROFESSIONAL LIABILITY"), ("pollution", "Contractors Pollution Liab."),
                       ("builders_risk", "Builder's Risk"), ("builders_risk", "Builders Risk"), ("cyber", "cyber"),
                       ("rigging", "Installation/Rigging floater")):
        asked = asks({name: {"minimum": {"each_occurrence": 1_000_000}}})
        expect(judge(asked, other(text, {"each_occurrence": 1_000_000})), "compliant")
        expect(judge(asked, other(text, {"each_occurrence": 999_999})), "non_compliant", f"f:{name}.each_occurrence")
    expect(judge(asks({"professional": {}}), other("Unprofessional matters")), "non_compliant", "f:professional.present")
    expect(judge(asks({"professional": {}}), gl(coverage_text="professional")), "non_compliant", "f:professional.present")
    expect(judge(asks({"professional": {}}), other(None)), "non_compliant", "f:professional.present")
    expect(judge(asks({"professional": {}, "pollution": {}}), other("Professional and Pollution")), "compliant")


def case_autos():
    """Any auto does; else owned + hired + non-owned; hired + non-owned only where the set says so"""
    def asked(autos, **more):
        return asks({"automobile_liability": {"autos": autos, **more}})

    fails = "f:automobile_liability.autos"
    for autos in ("any", "owned_hired_non_owned", "hired_non_owned", "any|owned_hired_non_owned"):
        expect(judge(asked(autos), auto(autos=["any"])), "compliant")
        expect(judge(asked(autos), auto(autos=[])), "non_compliant", fails)
        expect(judge(asked(autos), auto()), "non_compliant", fails)
    three = ["owned", "hired", "non_owned"]
    expect(judge(asked("any"), auto(autos=three)), "non_compliant", fails)
    expect(judge(asked("owned_hired_non_owned"), auto(autos=three)), "compliant")
    expect(judge(asked("any|owned_hired_non_owned"), auto(autos=three)), "compliant")
    expect(judge(asked("hired_non_owned"), auto(autos=three)), "compliant")
    for missing in three:
        left = [a for a in three if a != missing]
        expect(judge(asked("owned_hired_non_owned"), auto(autos=left)), "non_compliant", fails)
    expect(judge(asked("hired_non_owned"), auto(autos=["hired", "non_owned"])), "compliant")
    expect(judge(asked("hired_non_owned"), auto(autos=["owned", "hired"])), "non_compliant", fails)
    verdict = judge(asked("any|owned_hired_non_owned"), auto(autos=["owned", "hired"]))
    expect_values(verdict, "automobile_liability.autos", "any|owned_hired_non_owned", "owned,hired")
    expect_values(judge(asked("any"), auto()), "automobile_liability.autos", "any", None)


def case_scheduled():
    """Scheduled in place of owned only where the set says so"""
    scheduled = auto(autos=["scheduled", "hired", "non_owned"])
    plain = asks({"automobile_liability": {"autos": "owned_hired_non_owned"}})
    expect(judge(plain, scheduled), "non_compliant", "f:automobile_liability.autos")
    for counts, status in ((True, "compliant"), (False, "non_compliant")):
        asked = asks({"automobile_liability": {"autos": "owned_hired_non_owned", "scheduled_counts_as_owned": counts}})
        assert judge(asked, scheduled)["status"] == status
    asked = asks({"automobile_liability": {"autos": "any", "scheduled_counts_as_owned": True}})
    expect(judge(asked, scheduled), "non_compliant", "f:automobile_liability.autos")


def case_statutory():
    """Workers' compensation: the statutory box, plus the EL limits"""
    asked = asks({"workers_compensation": {"statutory": True, "minimum": dict(EL)}})
    expect(judge(asked, wc()), "compliant")
    verdict = expect(judge(asked, wc(statutory=None)), "non_compliant", "f:workers_compensation.statutory")
    expect_values(verdict, "workers_compensation.statutory", True, None)
    expect_values(judge(asked, wc(statutory=False)), "workers_compensation.statutory", True, False)
    expect(judge(asked, wc({})), "non_compliant", *(f"f:workers_compensation.{n}" for n in EL))
    expect(judge(asks({"workers_compensation": {"statutory": False}}), wc(statutory=None)), "compliant")


def case_state_funds():
    """OH, ND, WA, WY: the state's certificate counts, EL comes as stop gap on GL or another row"""
    asked = asks({"workers_compensation": {"statutory": True, "minimum": dict(EL)}})
    state = wc({}, statutory=None)
    for code in ("OH", "ND", "WA", "WY", "oh", "Ohio", "North Dakota"):
        where = {"project": {"name": "P", "state": code}}
        expect(judge(asked, state, other("Stop gap", dict(EL)), **where), "compliant")
        expect(judge(asked, state, gl(LIMITS | EL), **where), "compliant")
        expect(judge(asked, state, **where), "non_compliant", *(f"f:workers_compensation.{n}" for n in EL))
        expect(judge(asked, state, other("Stop gap", EL | {"el_each_accident": 999_999}), **where), "non_compliant",
               "f:workers_compensation.el_each_accident")
        expect(judge(asked, other("Stop gap", dict(EL)), **where), "non_compliant", "f:workers_compensation.present")
        verdict = judge(asked, state, other("Stop gap", dict(EL), expiration="2026-08-01"), **where)
        expect(verdict, "compliant", changes_on="2026-08-01")
    for code in ("CA", "NY", "PA", None):
        assert judge(asked, state, other("Stop gap", dict(EL)), project={"name": "P", "state": code})["status"] == "non_compliant"


def case_basis():
    """GL is written on an occurrence basis; claims-made fails, and so does no box at all"""
    asked = asks({"general_liability": {"basis": "occurrence"}})
    expect(judge(asked, gl()), "compliant")
    verdict = expect(judge(asked, gl(basis="claims_made", retroactive_date="2020-01-01")), "non_compliant",
                     "f:general_liability.basis")
    expect_values(verdict, "general_liability.basis", "occurrence", "claims_made")
    expect_values(judge(asked, gl(basis=None)), "general_liability.basis", "occurrence", None)
    expect(judge(asks({"professional": {"basis": "claims_made"}}), other("Professional", basis="claims_made",
                                                                         retroactive_date="2020-01-01")), "compliant")


def case_aggregate_per():
    """aggregate_per project is met by the project box or CG 25 03; CG 25 04 is per location and is not it"""
    asked = asks({"general_liability": {"aggregate_per": "project"}})
    expect(judge(asked, gl(aggregate_per="project")), "compliant")
    for shown in ("policy", "location", None):
        verdict = expect(judge(asked, gl(aggregate_per=shown)), "non_compliant", "f:general_liability.aggregate_per")
        expect_values(verdict, "general_liability.aggregate_per", "project", shown)
        expect(judge(asked, certificate(gl(aggregate_per=shown), endorsements=["CG 25 03 05 09"])), "compliant")
        expect(judge(asked, certificate(gl(aggregate_per=shown), endorsements=["CG 25 04 05 09"])), "non_compliant",
               "f:general_liability.aggregate_per")
    location = asks({"general_liability": {"aggregate_per": "location"}})
    expect(judge(location, certificate(gl(aggregate_per="policy"), endorsements=["CG 25 04"])), "compliant")
    expect(judge(location, certificate(gl(aggregate_per="policy"), endorsements=["CG 25 03"])), "non_compliant",
           "f:general_liability.aggregate_per")


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
