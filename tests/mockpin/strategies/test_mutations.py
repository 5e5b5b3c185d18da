"""Every labelled fault does what its label says."""

from base64 import b64decode

import httpx
import orjson
import pytest

from mockpin.strategies.mutations import BODY_MUTATIONS, MUTATIONS, mutate
from mockpin_validator import RULES, Judge

NOW = 1_790_000_000
HASH = "f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a"
GOOD = {
    "data": [
        {
            "event_name": "checkout",
            "action_source": "web",
            "event_time": NOW,
            "event_id": "e1",
            "event_source_url": "https://shop.example.com/",
            "user_data": {"em": [HASH], "external_id": [HASH]},
            "custom_data": {"currency": "USD", "value": "10.00"},
        }
    ]
}
JUDGE = Judge()


def verdict(payload):
    """What Pinterest makes of it, and the rules that spoke."""
    if JUDGE.refusal(payload):
        return "refused", {"schema"}
    findings = [finding for event in JUDGE.judge(payload, now=NOW) for finding in event]
    failed = any(finding.severity == "error" for finding in findings)
    return "failed" if failed else "warned", {finding.rule for finding in findings}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_label_is_the_validator_s_judgement(mutation):
    said, rules = verdict(mutation.change(GOOD))
    assert said == mutation.verdict
    assert mutation.rule in rules


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_good_payload_has_not_the_fault_and_is_left_as_it_was(mutation):
    before = orjson.dumps(GOOD)
    mutation.change(GOOD)
    assert orjson.dumps(GOOD) == before
    said, rules = verdict(GOOD)
    assert said == "warned"
    assert mutation.rule not in rules


@pytest.mark.parametrize("mutation", BODY_MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_bad_body_is_not_json(mutation):
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(mutation.change(orjson.dumps(GOOD)))


def test_every_body_can_be_made_again_from_its_label():
    for bad in mutate(GOOD):
        label = bad.to_dict()
        made = {"payload": orjson.dumps, "body": str.encode, "body_base64": b64decode}
        (key,) = made.keys() & label.keys()
        assert made[key](label[key]) == bad.body
        assert (label["name"], label["rule"]) == (bad.mutation.name, bad.mutation.rule)
        assert (label["verdict"], label["why"]) == (bad.mutation.verdict, bad.mutation.why)
        assert label["status"] == {"refused": 400, "failed": 422, "warned": 200}[label["verdict"]]


def test_every_mutation_is_made_once_in_the_order_of_the_tables():
    assert [bad.mutation for bad in mutate(GOOD)] == [*MUTATIONS, *BODY_MUTATIONS]


def test_names_are_unique():
    names = [mutation.name for mutation in (*MUTATIONS, *BODY_MUTATIONS)]
    assert len(names) == len(set(names))


def test_every_rule_named_is_one_of_the_validator_s():
    assert {mutation.rule for mutation in MUTATIONS} - {"schema"} <= RULES.keys()


def test_mutating_is_deterministic():
    assert [bad.body for bad in mutate(GOOD)] == [bad.body for bad in mutate(GOOD)]


@pytest.mark.parametrize(("payload", "error"), [({}, KeyError), ({"data": []}, IndexError)])
def test_a_payload_without_an_event_is_the_caller_s_mistake(payload, error):
    with pytest.raises(error):
        list(mutate(payload))


@pytest.mark.mockpin(allow_bad_events=True)
def test_the_emulator_answers_each_bad_payload_as_its_label_says(mockpin, mockpin_clock):
    mockpin_clock.freeze(NOW)
    headers = {"Authorization": f"Bearer {mockpin.conversion_token}", "Content-Type": "application/json"}
    url = f"{mockpin.api_uri}/ad_accounts/{mockpin.ad_account_id}/events"
    with httpx.Client(headers=headers, timeout=60) as client:
        answers = {
            bad.mutation.name: (client.post(url, content=bad.body), bad.status) for bad in mutate(GOOD)
        }
    assert {name: answer.status_code for name, (answer, _) in answers.items()} == {
        name: status for name, (_, status) in answers.items()
    }
