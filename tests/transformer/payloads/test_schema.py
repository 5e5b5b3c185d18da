from mockpin_transformer.payloads.schema import Field


def test_a_field_without_a_label_is_called_by_its_name_with_capitals():
    assert Field("client_user_agent").title == "Client User Agent"


def test_a_field_of_many_values_asks_for_an_array():
    assert Field("email", many=True).type_name == "array"
    assert Field("email").type_name == "string"
