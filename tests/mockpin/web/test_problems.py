"""What a problem says of itself: RFC 9457, and the headers that its status asks for."""

import pytest

from mockpin.web.problems import BadRequest, MethodNotAllowed, Problem, RequestMistake, Unauthorized

KINDS = Problem.__subclasses__()


def test_a_problem_says_where_every_mistake_is():
    wrong = [
        RequestMistake("query", "/limit", "Give a number."),
        RequestMistake("body", "", "Unknown field."),
    ]
    assert BadRequest("Mend it.", wrong).to_dict() == {
        "title": "Bad Request",
        "status": 400,
        "detail": "Mend it.",
        "errors": [
            {"in": "query", "pointer": "/limit", "detail": "Give a number."},
            {"in": "body", "pointer": "", "detail": "Unknown field."},
        ],
    }


def test_each_problem_has_a_status_of_its_own():
    assert {kind.__name__: int(kind.status) for kind in KINDS} == {
        "BadRequest": 400, "Unauthorized": 401, "Forbidden": 403, "NotFound": 404, "MethodNotAllowed": 405,
        "InternalProblem": 500, "StorageProblem": 507,
    }  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not MethodNotAllowed])
def test_a_problem_reads_as_its_detail_and_has_the_title_of_its_status(kind):
    problem = kind("What to do.")
    assert (str(problem), problem.to_dict()["detail"]) == ("What to do.", "What to do.")
    assert problem.to_dict()["status"] == kind.status
    assert problem.to_dict()["title"] == kind.status.phrase


def test_a_browser_is_asked_for_the_token():
    assert Unauthorized("Who are you?").headers["WWW-Authenticate"].startswith("Basic realm=")


def test_a_method_that_is_not_taken_is_told_the_others_in_words_and_in_the_header():
    problem = MethodNotAllowed(allowed=("GET", "PUT"))
    assert problem.detail == "This path takes GET, PUT."
    assert problem.headers == {"Allow": "GET, PUT"}


def test_a_problem_adds_no_headers_unless_it_has_some():
    assert BadRequest("no").headers == {}
