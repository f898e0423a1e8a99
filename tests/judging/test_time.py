"""When policies are in force, what that makes of a status, and when it changes by itself."""

from judging import auto, asks, certificate, expect, expect_values, gl, judge, other, tap, umbrella, wc, YEAR

GL = asks({"general_liability": {}}, warning_days=30)


def case_in_force():
    """In force on day D means effective ≤ D < expiration"""
    expect(judge(GL, gl(), today="2025-12-31"), "non_compliant", "f:general_liability.in_force", changes_on="2026-01-01")
    expect(judge(GL, gl(), today="2026-01-01"), "compliant", changes_on="2026-12-02")
    expect(judge(GL, gl(), today="2026-12-31"), "expiring", changes_on="2027-01-01")
    expect(judge(GL, gl(), today="2027-01-01"), "expired", "f:general_liability.in_force", changes_on=None)


def case_no_dates():
    """A policy that does not show both dates is in force on no day"""
    for more, change in (({"effective": None}, "2027-01-01"), ({"expiration": None}, None), ({"effective": None, "expiration": None}, None)):
        verdict = expect(judge(GL, gl(**more)), "non_compliant", "f:general_liability.in_force", changes_on=change)
        assert "shows no policy dates" in verdict["findings"][0]["text"], verdict
    expect(judge(GL, gl(effective=None), today="2027-01-01"), "expired", "f:general_liability.in_force", changes_on=None)
    expect(judge(GL, gl(effective="2027-01-01", expiration="2026-01-01")), "expired", "f:general_liability.in_force")
    expect(judge(GL, gl(effective="2026-06-01", expiration="2026-06-01")), "expired", "f:general_liability.in_force")


def case_worked():
    """The worked cases: compliant until the warning, expiring until the end, expired; a renewal carries on"""
    expect(judge(GL, gl(), today="2026-11-23"), "compliant", changes_on="2026-12-02")
    expect(judge(GL, gl(), today="2026-12-01"), "compliant", changes_on="2026-12-02")
    expect(judge(GL, gl(), today="2026-12-02"), "expiring", changes_on="2027-01-01")
    expect(judge(GL, gl(), today="2026-12-31"), "expiring", changes_on="2027-01-01")
    renewal = gl(policy_number="GE-2", effective="2027-01-01", expiration="2028-01-01")
    expect(judge(GL, gl(), renewal, today="2026-11-23"), "compliant", changes_on="2027-12-02")
    expect(judge(GL, certificate(gl(), renewal), today="2026-12-31"), "compliant", changes_on="2027-12-02")


def case_gap():
    """A renewal effective on the expiration date leaves no gap; a day later leaves one"""
    late = gl(policy_number="GE-2", effective="2027-01-02", expiration="2028-01-01")
    verdict = expect(judge(GL, gl(), late, today="2026-11-23"), "compliant", "w:general_liability.gap", changes_on="2026-12-02")
    expect_values(verdict, "general_liability.gap", "2027-01-01", "2027-01-02")
    expect(judge(GL, gl(), late, today="2026-12-31"), "expiring", "w:general_liability.gap", changes_on="2027-01-01")
    verdict = expect(judge(GL, gl(), late, today="2027-01-01"), "non_compliant", "f:general_liability.in_force",
                     changes_on="2027-01-02")
    assert "starts only on January 2, 2027" in verdict["findings"][0]["text"], verdict
    expect(judge(GL, gl(), late, today="2027-01-02"), "compliant", "w:general_liability.gap", changes_on="2027-12-02")
    early = gl(policy_number="GE-2", effective="2026-12-31", expiration="2028-01-01")
    expect(judge(GL, gl(), early, today="2026-11-23"), "compliant", changes_on="2027-12-02")


def case_present():
    """Never on file is .present; on file but none in force is .in_force, ended or starting later"""
    expect(judge(GL, auto()), "non_compliant", "f:general_liability.present", changes_on=None)
    verdict = expect(judge(GL, gl(effective="2025-01-01", expiration="2026-01-01")), "expired", "f:general_liability.in_force")
    expect_values(verdict, "general_liability.in_force", "in_force", "2026-01-01")
    assert "ended on January 1, 2026" in verdict["findings"][0]["text"]
    verdict = expect(judge(GL, gl(effective="2026-07-01", expiration="2027-07-01")), "non_compliant",
                     "f:general_liability.in_force", changes_on="2026-07-01")
    expect_values(verdict, "general_liability.in_force", "in_force", "2026-07-01")
    expect_values(judge(GL, auto()), "general_liability.present", None, None)


def case_expired_needs_all_ended():
    """expired: a required coverage was on file and all its policies have ended"""
    old = gl(effective="2025-01-01", expiration="2026-01-01")
    later = gl(policy_number="GE-2", effective="2026-07-01", expiration="2027-07-01")
    expect(judge(GL, old), "expired", "f:general_liability.in_force")
    expect(judge(GL, old, later), "non_compliant", "f:general_liability.in_force", changes_on="2026-07-01")
    both = asks({"general_liability": {}, "automobile_liability": {}})
    expect(judge(both, old, auto()), "expired", "f:general_liability.in_force")
    expect(judge(both, old), "expired", "f:general_liability.in_force", "f:automobile_liability.present")
    expect(judge(asks({"automobile_liability": {}}), old, auto()), "compliant")
    expect(judge(asks({"general_liability": {"basis": "claims_made"}, "automobile_liability": {}}), gl(),
                 auto(effective="2025-01-01", expiration="2026-01-01")), "expired",
           "f:general_liability.basis", "f:automobile_liability.in_force")


def case_missing():
    """missing: no certificate at all; a certificate without policies is something on file"""
    verdict = judge(asks({"general_liability": {}, "automobile_liability": {}}))
    expect(verdict, "missing", "f:general_liability.present", "f:automobile_liability.present", changes_on=None)
    expect(judge(GL, certificate()), "non_compliant", "f:general_liability.present")
    expect(judge(asks()), "not_required", changes_on=None)


def case_expiring():
    """expiring: ends − today ≤ warning_days, and without a warning period never"""
    for days, status in ((213, "compliant"), (214, "expiring")):
        expect(judge(asks({"general_liability": {}}, warning_days=days), gl()), status)
    expect(judge(asks({"general_liability": {}}), gl(), today="2026-12-31"), "compliant", changes_on="2027-01-01")
    expect(judge(asks({"general_liability": {}}, warning_days=0), gl(), today="2026-12-31"), "compliant", changes_on="2027-01-01")
    expect(judge(asks({"general_liability": {}}, warning_days=1), gl(), today="2026-12-30"), "compliant", changes_on="2026-12-31")
    expect(judge(asks({"general_liability": {}}, warning_days=1), gl(), today="2026-12-31"), "expiring", changes_on="2027-01-01")


def case_expiring_only_what_is_asked():
    """Only required coverages make a sub expiring, the first of them does"""
    soon = {"expiration": "2026-06-20"}
    expect(judge(GL, gl(), auto(**soon)), "compliant", changes_on="2026-12-02")
    both = asks({"general_liability": {}, "workers_compensation": {}}, warning_days=30)
    expect(judge(both, gl(), wc(**soon)), "expiring", changes_on="2026-06-20")
    expect(judge(both, gl(), wc(**soon), today="2026-05-20"), "compliant", changes_on="2026-05-21")


def case_non_compliant_before_expiring():
    """A failing rule counts before a policy that is about to end"""
    asked = asks({"general_liability": {"basis": "claims_made"}}, warning_days=30)
    expect(judge(asked, gl(), today="2026-12-20"), "non_compliant", "f:general_liability.basis", changes_on="2027-01-01")


def case_leap_day():
    """A policy through a leap day, and one that ends on it"""
    leap = {"effective": "2027-03-01", "expiration": "2028-02-29"}
    expect(judge(GL, gl(**leap), today="2028-02-28"), "expiring", changes_on="2028-02-29")
    expect(judge(GL, gl(**leap), today="2028-02-29"), "expired", "f:general_liability.in_force", changes_on=None)
    expect(judge(GL, gl(effective="2027-03-30", expiration="2028-03-30"), today="2028-02-28"), "compliant", changes_on="2028-02-29")


def case_multi_year():
    """A project-long policy of several years is one policy"""
    expect(judge(GL, gl(expiration="2031-01-01")), "compliant", changes_on="2030-12-02")


def case_same_policy():
    """The same policy (coverage, number, effective) on a newer certificate replaces the older one"""
    asked = asks({"general_liability": {"minimum": {"each_occurrence": 1_000_000}}})
    low = gl({"each_occurrence": 500_000})
    expect(judge(asked, gl(), low), "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(asked, low, gl()), "compliant")
    expect(judge(asked, gl(policy_number="GE 1"), gl({"each_occurrence": 500_000}, policy_number="ge-1")),
           "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(asked, gl(), gl({"each_occurrence": 500_000}, policy_number="GE-2")), "compliant")
    expect(judge(asked, gl(), gl({"each_occurrence": 500_000}, effective="2026-01-02")), "compliant",
           "w:general_liability.policy_dates")
    expect(judge(asked, gl(), auto(policy_number="GE-1")), "compliant")


def case_shortened():
    """A newer certificate on which the same policy ends earlier counts, and says so"""
    verdict = expect(judge(GL, gl(), gl(expiration="2026-05-01")), "expired", "f:general_liability.in_force")
    assert verdict.get("changes_on") is None
    verdict = expect(judge(GL, gl(), gl(expiration="2026-08-01")), "compliant", "w:general_liability.policy_dates",
                     changes_on="2026-07-02")
    expect_values(verdict, "general_liability.policy_dates", "2026-01-01/2027-01-01", "2026-01-01/2026-08-01")


def case_fewest_findings():
    """Policies are not mixed: the one with the fewest findings is judged, of several the newest"""
    asked = asks({"general_liability": {"minimum": {"each_occurrence": 1_000_000, "general_aggregate": 2_000_000}}})
    one = gl({"each_occurrence": 1_000_000, "general_aggregate": 1_000_000}, policy_number="A")
    two = gl({"each_occurrence": 500_000, "general_aggregate": 2_000_000}, policy_number="B")
    expect(judge(asked, one, two), "non_compliant", "f:general_liability.each_occurrence")
    expect(judge(asked, two, one), "non_compliant", "f:general_liability.general_aggregate")
    expect(judge(asked, certificate(one, gl({}, policy_number="C"))), "non_compliant", "f:general_liability.general_aggregate")
    expect(judge(asked, one, gl(policy_number="C"), two), "compliant")
    expect(judge(asked, gl(policy_number="C"), gl({}, policy_number="D")), "compliant")


def case_from_all_certificates():
    """Policies are taken from all certificates, of whichever year"""
    asked = asks({"general_liability": {}, "automobile_liability": {}, "workers_compensation": {}, "umbrella_excess": {}})
    expect(judge(asked, gl(), auto(effective="2026-03-01", expiration="2027-03-01"), wc(), umbrella()), "compliant",
           changes_on="2027-01-01")
    expect(judge(asked, certificate(gl(), auto(), wc(), umbrella())), "compliant")


def case_unbroken_cover():
    """Unbroken cover ends where the last policy of the chain does, in whichever order they came"""
    chain = [gl(policy_number=f"N{n}", effective=f"{2026 + n}-01-01", expiration=f"{2027 + n}-01-01") for n in range(4)]
    expect(judge(GL, *reversed(chain)), "compliant", changes_on="2029-12-02")
    expect(judge(GL, *chain), "compliant", changes_on="2029-12-02")
    expect(judge(GL, chain[0], chain[2], chain[3], today="2026-12-15"), "expiring", "w:general_liability.gap", changes_on="2027-01-01")


def case_past_gap():
    """A gap that lies behind stays told as a warning"""
    old = gl(policy_number="OLD", effective="2024-01-01", expiration="2025-01-01")
    expect(judge(GL, old, gl(effective="2025-01-01")), "compliant")
    verdict = expect(judge(GL, old, gl(effective="2025-02-01")), "compliant", "w:general_liability.gap")
    expect_values(verdict, "general_liability.gap", "2025-01-01", "2025-02-01")


def case_changes_on_absent():
    """changes_on is absent where the status never changes by itself"""
    assert "changes_on" not in judge(asks())
    assert "changes_on" not in judge(GL, gl(), today="2027-01-01")
    assert "changes_on" not in judge(GL)


def case_one_year_of_days():
    """On every day before changes_on the status is the same, on it another"""
    asked = asks({"general_liability": {}, "automobile_liability": {}}, warning_days=10)
    papers = [gl(effective="2026-01-10", expiration="2026-01-30"), auto(**YEAR)]
    days = [f"2026-01-{day:02d}" for day in range(5, 32)]
    verdicts = [judge(asked, *papers, today=day) for day in days]
    for day, verdict, following in zip(days, verdicts, verdicts[1:] + [None]):
        if following is None:
            break
        change = verdict.get("changes_on")
        assert change is None or change > day, (day, verdict)
        same = following["status"] == verdict["status"]
        assert same == (change != days[days.index(day) + 1]), (day, verdict, following)


def case_other_is_dated_alike():
    """Coverages beyond ACORD's four live and end by the same days"""
    asked = asks({"pollution": {}}, warning_days=30)
    expect(judge(asked, other("Pollution liability"), today="2026-12-31"), "expiring", changes_on="2027-01-01")
    expect(judge(asked, other("Pollution liability"), today="2027-01-01"), "expired", "f:pollution.in_force")


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
