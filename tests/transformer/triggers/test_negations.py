import pytest

from mockpin_transformer.triggers.lints import lint
from mockpin_transformer.triggers.trigger import parse_trigger


def corrected(text, rule):
    return next(each.corrected for each in lint(text) if each.rule == rule)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("not type = a", "type != a"),
        ('type = "track" and NOT event="x"', 'type = "track" and event!= "x"'),
        ("not properties.a >= 5 and type = b", "properties.a < 5 and type = b"),
        ("not userId = null", "userId != null"),
        ("NOT match(event, b)", "!match(event, b)"),
        ("not properties.a = true", None),
        ("not type", None),
        ("not type = !match(event, b)", None),
        ("not type and = b", None),
        ("not type = a b", None),
        ("not properties contains b", None),
    ],
)
def test_a_not_turns_its_condition_round(text, meant):
    assert corrected(text, "ignored-not") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('!(type = "a")', '(type != "a")'),
        ("not (type = a or name=b)", "(type != a and name!= b)"),
        ('type = "a" and !(properties.n < 5 and properties.n > 1)',
         'type = "a" and (properties.n >= 5 or properties.n <= 1)'),
        ("!(type = a and name = b or event = c)", None),
        ("!(properties.a = false)", None),
        ("!(contains(event, b))", None),
        ("!((type = a))", None),
        ("!(type = a (name = b))", None),
        ("!(type = a and)", None),
        ("!(type = a b)", None),
        ("!()", None),
    ],
)  # fmt: skip
def test_a_negated_group_turns_each_of_its_conditions_round(text, meant):
    assert corrected(text, "negated-group") == meant


@pytest.mark.parametrize("text", ["not event = b", "!(event = b or name = n)", "not (properties.n > 3)"])
@pytest.mark.parametrize(
    "event", [{"event": "b", "name": "n", "properties": {"n": 5}}, {"properties": {"n": 1}}]
)
def test_the_corrected_trigger_is_for_the_other_events(text, event):
    rule = lint(text)[0].rule
    meant = parse_trigger(corrected(text, rule))
    plain = parse_trigger(text.replace("not ", "").replace("!", ""))
    assert meant.matches(event) is not plain.matches(event)
