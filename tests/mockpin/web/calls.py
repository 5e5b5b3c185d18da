"""What tests of the admin API send, and how they check its answers."""

from jsonschema import Draft202012Validator

from tests.mockpin.sending import AD_ACCOUNT_ID as ACCOUNT
from tests.mockpin.sending import NOW, TOKEN

EVENT = {
    "event_name": "checkout",
    "event_id": "e1",
    "action_source": "web",
    "event_time": int(NOW),
    "user_data": {"em": ["a" * 64]},
    "custom_data": {"order_id": "o1"},
}


def send(http, *events, query=""):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return http.post(f"/v5/ad_accounts/{ACCOUNT}/events{query}", json={"data": list(events)}, headers=headers)


def check(document, path, answer):
    """Whether an answer is as the OpenAPI document says."""
    (schema,) = (
        content["schema"]
        for content in document["paths"][f"/__mockpin/{path}"]["get"]["responses"]["200"]["content"].values()
    )
    Draft202012Validator(schema).validate(answer.json)
