from mockpin.reports.go_live.report import make_report
from mockpin.reports.go_live.shadowed import ShadowFigures, count_shadow


def answer(*disagreements):
    return {
        "shadow": {"disagreements": [{"index": index, "observed": seen} for index, seen in disagreements]}
    }


def test_disagreements_are_counted_by_what_the_real_service_said():
    requests = [{}, answer(), answer((0, "failed"), (1, "failed"), (2, "processed")), answer((None, "422"))]
    assert count_shadow(requests) == ShadowFigures(requests=3, failed_there=2, processed_there=1, statuses=1)


def test_without_shadow_mode_all_is_zero():
    assert count_shadow([{}, {"shadow": None}]) == ShadowFigures()


def test_an_event_that_only_the_real_service_fails_keeps_a_sender_from_going_live(record, exchange):
    shadow = answer((0, "failed"))
    report = make_report([record(1)], [{**exchange(1), **shadow}])
    assert report.verdict == "not ready"
    assert "The real service fails 1 event that mockpin processes." in [
        each.sentence for each in report.reasons
    ]


def test_an_event_that_only_mockpin_fails_is_a_warning(record, exchange):
    shadow = answer((0, "processed"), (None, "200"))
    report = make_report([record(1)], [{**exchange(1), **shadow}])
    (reason,) = [each for each in report.reasons if each.rule == "shadow-differs"]
    assert (reason.severity, reason.sentence) == (
        "warning", "The real service judges requests or events otherwise than mockpin, 2 in all.",
    )  # fmt: skip
