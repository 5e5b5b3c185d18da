"""What the shop's team expects Pinterest to get."""

import pytest
from shop import Customer, Order

ADA = Customer("Ada.Lovelace@Example.com")
ADA_S_HASH = "e814ff3dc480a94c7ce9334062ec4733c75a002f4bcec0197f62ffea64059e2f"


def test_a_purchase_is_processed(shop, mockpin):
    assert shop.sell(Order(1, 4950, ADA))
    mockpin.expect(event_name="checkout", status="processed", count=1, payload={"custom_data.value": "49.50"})


def test_the_customer_can_be_matched(shop, mockpin):
    shop.sell(Order(2, 4950, ADA))
    mockpin.expect(event_name="checkout", payload={"user_data.em": [ADA_S_HASH]})


def test_a_lost_answer_does_not_make_a_second_purchase(shop, mockpin):
    mockpin.faults.add(event_name="checkout", fault={"drop": True}, times=1)
    assert shop.sell(Order(3, 4950, ADA))
    mockpin.expect(event_name="checkout", count=1)


def test_a_californian_s_choice_is_honoured(shop, mockpin):
    shop.sell(Order(4, 4950, Customer("ada@example.com", limited=True)))
    mockpin.expect_limited_data_processing(event_name="checkout")


def test_the_tag_and_the_server_report_one_purchase(shop, mockpin):
    order = Order(5, 4950, ADA)
    shop.fire_tag(order, tag_id=mockpin.tag_id, host=mockpin.url)
    shop.sell(order)
    mockpin.expect_deduplicated(event_name="checkout")


@pytest.mark.mockpin(allow_bad_events=True)
def test_what_is_refused_is_not_sent_again(shop, mockpin):
    mockpin.faults.add(fault={"fail_events": [0]})
    assert not shop.sell(Order(6, 4950, ADA))
    assert len(mockpin.requests()) == 1
