import re

from openapi_spec_validator import validate

from mockpin.addresses import ADMIN
from mockpin.web.admin.api import ALL_OPERATIONS
from mockpin.web.admin.openapi import describe_operations

DOCUMENT = describe_operations(ALL_OPERATIONS, prefix=ADMIN, version="1.2.3")


def test_the_document_is_valid_openapi():
    validate(DOCUMENT)


def test_every_operation_is_in_it():
    found = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert found == {(operation.method, ADMIN + operation.path) for operation in ALL_OPERATIONS}


def test_every_operation_has_a_summary_and_a_name_of_its_own():
    described = [method for methods in DOCUMENT["paths"].values() for method in methods.values()]
    assert all(operation["summary"].endswith(".") for operation in described)
    names = [operation["operationId"] for operation in described]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_path_and_query_parameters_are_told_apart():
    one, many = (DOCUMENT["paths"][f"{ADMIN}/{path}"]["get"] for path in ("events/{seq}", "events"))
    assert [(parameter["name"], parameter["in"]) for parameter in one["parameters"]] == [("seq", "path")]
    assert {parameter["in"] for parameter in many["parameters"]} == {"query"}
