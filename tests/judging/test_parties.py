"""Whom the policies insure, whom the certificate is made out to, and who stands behind the policies."""

from judging import asks, auto, certificate, expect, expect_values, finding, gl, judge, tap, umbrella, wc

GL = {"general_liability": {}}


def insured(name, sub, how="legal"):
    return judge(asks(GL, named_insured=how), certificate(gl(), **({} if name is None else {"insured": {"name": name}})), sub=sub)


def case_named_insured():
    """The named insured is the legal entity under contract, whatever case, punctuation, & or and"""
    sub = {"name": "Smith & Sons", "legal_name": "Smith & Sons Electric, LLC"}
    for name in ("Smith & Sons Electric, LLC", "SMITH AND SONS ELECTRIC LLC", "Smith and Sons Electric, L.L.C.",
                 "  smith & sons   electric llc ", "Smith & Sons Electric Limited Liability Company", "Smith&Sons Electric LLC"):
        expect(insured(name, sub), "compliant")
    verdict = expect(insured("Smith Electric LLC", sub), "non_compliant", "f:certificate.named_insured")
    expect_values(verdict, "certificate.named_insured", "Smith & Sons Electric, LLC", "Smith Electric LLC")
    expect_values(insured(None, sub), "certificate.named_insured", "Smith & Sons Electric, LLC", None)


def case_never_equate():
    """LLC, Inc, LP and a person are never the same"""
    names = ["Smith Electric LLC", "Smith Electric Inc", "Smith Electric LP", "Smith Electric LLP", "Smith Electric Corp",
             "Smith Electric Co", "Smith Electric Ltd", "Smith Electric", "John Smith"]
    for legal in names:
        for name in names:
            verdict = insured(name, {"name": legal, "legal_name": legal})
            assert verdict["status"] == ("compliant" if name == legal else "non_compliant"), (legal, name, verdict)


def case_spelled_out():
    """The same legal form may be spelled out"""
    for legal, name in (("Acme, Inc.", "Acme Incorporated"), ("Acme Corp", "ACME CORPORATION"), ("Acme Co.", "Acme Company"),
                        ("Acme Company, Inc.", "Acme Co Inc"), ("Acme L.P.", "Acme Limited Partnership"), ("Acme Ltd", "Acme Limited")):
        expect(insured(name, {"name": legal, "legal_name": legal}), "compliant")
        expect(insured(legal, {"name": name, "legal_name": name}), "compliant")
    expect(insured("Ltd Edition Painting", {"name": "x", "legal_name": "Limited Edition Painting"}), "non_compliant",
           "f:certificate.named_insured")


def case_trade_name():
    """A DBA is an alias: only a trade name needs evidence, unless the set takes it"""
    sub = {"name": "Sparky Electric", "legal_name": "Smith Electric, LLC", "trade_name": "Sparky Electric"}
    expect(insured("Sparky Electric", sub), "non_compliant", "n:certificate.named_insured")
    expect(insured("Sparky Electric", sub, "legal_or_dba"), "compliant")
    expect(insured("Somebody Else", sub), "non_compliant", "f:certificate.named_insured")
    expect(insured("Somebody Else", sub, "legal_or_dba"), "non_compliant", "f:certificate.named_insured")
    for name in ("Smith Electric LLC dba Sparky Electric", "Smith Electric, LLC d/b/a Sparky", "Sparky DBA: Smith Electric LLC",
                 "Smith Electric LLC D.B.A. Sparky", "Smith Electric LLC doing business as Sparky"):
        expect(insured(name, sub), "compliant")
    expect(insured("Other LLC dba Sparky Electric", sub), "non_compliant", "n:certificate.named_insured")


def case_legal_name_unknown():
    """Where no legal name is known, Procore's name is the one under contract"""
    expect(insured("Smith Electric", {"name": "Smith Electric"}), "compliant")
    expect(insured("Smith Electric", {"name": "Smith Electric", "legal_name": ""}), "compliant")
    expect(insured("Other", {"name": "Smith Electric"}), "non_compliant", "f:certificate.named_insured")
    expect(insured("Other", {}), "non_compliant", "n:certificate.named_insured")


def case_names_not_asked():
    """Names that are not asked for are not judged"""
    expect(judge(asks(GL), certificate(gl(), insured={"name": "Anybody"}, certificate_holder={"name": "Nobody"}),
                 sub={"name": "x", "legal_name": "y"}), "compliant")


def case_holder():
    """The holder is one of the contract's names"""
    asked = asks(GL, holder={"names": ["Acme Builders, Inc.", "Acme Holdings LLC"]})
    for name in ("Acme Builders, Inc.", "ACME BUILDERS INC", "Acme Builders Incorporated", "acme holdings, l.l.c."):
        expect(judge(asked, certificate(gl(), certificate_holder={"name": name})), "compliant")
    for name in ("Acme Builders LLC", "Acme", "PROOF OF INSURANCE"):
        verdict = expect(judge(asked, certificate(gl(), certificate_holder={"name": name})), "non_compliant", "f:certificate.holder")
        expect_values(verdict, "certificate.holder", "Acme Builders, Inc.|Acme Holdings LLC", name)
    expect_values(judge(asked, certificate(gl())), "certificate.holder", "Acme Builders, Inc.|Acme Holdings LLC", None)
    expect(judge(asks(GL, holder={"names": []}), certificate(gl())), "compliant")


def case_holder_gives_nothing():
    """Being holder gives nothing by itself"""
    asked = asks({"general_liability": {"additional_insured": "box"}}, holder={"names": ["Acme Builders, Inc."]})
    expect(judge(asked, certificate(gl(), certificate_holder={"name": "Acme Builders, Inc."})), "non_compliant",
           "f:general_liability.additional_insured")


def case_certificates_that_count():
    """Names are judged on the certificates whose policies are; the worst of them counts, once"""
    good = {"certificate_holder": {"name": "Acme"}}
    bad = {"certificate_holder": {"name": "Other"}}
    asked = asks({"general_liability": {}, "automobile_liability": {}}, holder={"names": ["Acme"]})
    expect(judge(asked, certificate(gl(), **good), certificate(auto(), **bad)), "non_compliant", "f:certificate.holder")
    expect(judge(asked, certificate(gl(), **bad), certificate(gl(), auto(), **good)), "compliant")
    expect(judge(asked, certificate(gl(), auto(), **good), certificate(wc(), **bad)), "compliant")
    expect(judge(asked, certificate(gl(), auto(), **good), certificate(gl(), auto(), **bad)), "non_compliant", "f:certificate.holder")
    old = {"effective": "2025-01-01", "expiration": "2026-01-01"}
    expect(judge(asked, certificate(gl(**old), auto(**old), **bad), certificate(gl(), auto(policy_number="A2"), **good)), "compliant",
           "w:general_liability.policy_dates")
    expect(judge(asks(GL, holder={"names": ["Acme"]}), certificate(gl(**old), **bad)), "expired", "f:certificate.holder",
           "f:general_liability.in_force")


LIST = [{"naic": "11111", "rating": "A", "size": "X"}, {"naic": "22222", "rating": "B++", "size": "X"},
        {"naic": "33333", "rating": "A-", "size": "VII"}, {"naic": "44444", "rating": "A-", "size": "VI"},
        {"naic": "55555", "rating": "NR"}, {"naic": "66666", "rating": "A++", "size": "XV"}, {"naic": "77777", "rating": "A"}]
FLOOR = {"minimum_rating": "A-", "minimum_size": "VII"}


def rated(naic, carrier=None, carriers=LIST, policies=None, **more):
    insurers = [] if naic is None else [{"letter": "A", "name": "Carrier " + str(naic), "naic": naic}]
    return judge(asks(GL, carrier=FLOOR if carrier is None else carrier),
                 certificate(*(policies or [gl(insurer="A")]), insurers=insurers), carriers=carriers, **more)


def case_carrier():
    """Usual floor AM Best A- VII: below fails, unrated or unknown needs evidence"""
    for naic in ("11111", "33333", "66666"):
        expect(rated(naic), "compliant")
    for naic, found in (("22222", "B++ X"), ("44444", "A- VI")):
        verdict = expect(rated(naic), "non_compliant", "f:general_liability.carrier_rating")
        expect_values(verdict, "general_liability.carrier_rating", "A- VII", found)
    expect(rated("55555"), "non_compliant", "n:general_liability.carrier_rating")
    expect(rated("77777"), "non_compliant", "n:general_liability.carrier_rating")
    verdict = expect(rated("99999"), "non_compliant", "n:general_liability.carrier_rating")
    expect_values(verdict, "general_liability.carrier_rating", "A- VII", None)
    assert "Carrier 99999" in finding(verdict, "general_liability.carrier_rating")["text"]


def case_carrier_unknown():
    """A policy whose insurer is not named on the certificate needs evidence"""
    expect(rated(None), "non_compliant", "n:general_liability.carrier_rating")
    expect(rated("11111", policies=[gl()]), "non_compliant", "n:general_liability.carrier_rating")
    expect(rated("11111", policies=[gl(insurer="B")]), "non_compliant", "n:general_liability.carrier_rating")
    expect(rated("11111", policies=[gl(insurer="a")]), "compliant")
    expect(rated("11111", carriers=[]), "non_compliant", "n:general_liability.carrier_rating")


def case_rating_order():
    """Ratings go A++, A+, A, A-, B++ and down; sizes I to XV"""
    order = ["A++", "A+", "A", "A-", "B++", "B+", "B", "B-", "C++", "C+", "C", "C-", "D", "E", "F"]
    for place, rating in enumerate(order):
        for asked in (order[max(0, place - 1)], rating, order[min(len(order) - 1, place + 1)]):
            verdict = rated("1", {"minimum_rating": asked}, [{"naic": "1", "rating": rating}])
            good = place <= order.index(asked)
            assert verdict["status"] == ("compliant" if good else "non_compliant"), (rating, asked, verdict)
    sizes = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]
    for place, size in enumerate(sizes):
        for asked in (sizes[max(0, place - 1)], size, sizes[min(14, place + 1)]):
            verdict = rated("1", {"minimum_size": asked}, [{"naic": "1", "size": size}])
            assert verdict["status"] == ("compliant" if sizes.index(asked) <= place else "non_compliant"), (size, asked, verdict)


def case_carrier_of_each_line():
    """Each asked line's carrier is judged, and each layer of the umbrella"""
    asked = asks({"general_liability": {}, "automobile_liability": {}}, carrier=FLOOR)
    paper = certificate(gl(insurer="A"), auto(insurer="B"), wc(insurer="C"), insurers=[
        {"letter": "A", "naic": "11111"}, {"letter": "B", "naic": "22222"}, {"letter": "C", "naic": "22222"}])
    expect(judge(asked, paper, carriers=LIST), "non_compliant", "f:automobile_liability.carrier_rating")
    asked = asks({"umbrella_excess": {"minimum": {"each_occurrence": 5_000_000}}}, carrier=FLOOR)
    insurers = [{"letter": "A", "naic": "11111"}, {"letter": "B", "naic": "22222"}]
    layers = [umbrella(3_000_000, insurer="A", policy_number="U"), umbrella(2_000_000, insurer="B", policy_number="X", kind="excess")]
    expect(judge(asked, certificate(*layers, insurers=insurers), carriers=LIST), "non_compliant", "f:umbrella_excess.carrier_rating")
    layers[0] = umbrella(5_000_000, insurer="A", policy_number="U")
    expect(judge(asked, certificate(*layers, insurers=insurers), carriers=LIST), "compliant")


def case_state_fund_rating():
    """No carrier rating is asked of a state that sells workers' compensation itself"""
    asked = asks({"workers_compensation": {}}, carrier=FLOOR)
    for state in ("OH", "ND", "WA", "WY"):
        expect(judge(asked, wc(), project={"state": state}, carriers=LIST), "compliant")
    expect(judge(asked, wc(), project={"state": "TX"}, carriers=LIST), "non_compliant", "n:workers_compensation.carrier_rating")
    expect(judge(asks(GL, carrier=FLOOR), gl(), project={"state": "OH"}, carriers=LIST), "non_compliant",
           "n:general_liability.carrier_rating")


def case_naic_as_number():
    """A NAIC number may be written as a number"""
    asked = asks(GL, carrier=FLOOR)
    paper = certificate(gl(insurer="A"), insurers=[{"letter": "A", "name": "x", "naic": 1234}])
    expect(judge(asked, paper, carriers=[{"naic": "01234", "rating": "A", "size": "X"}]), "compliant")


tap.run(*[case for name, case in sorted(globals().items()) if name.startswith("case_")])
