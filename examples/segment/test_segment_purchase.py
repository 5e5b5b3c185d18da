"""One call of Segment's library, and the conversion event that comes of it.

SEGMENT_PYTHON names the Python that has the library, where that is not the one that runs this test.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ORDER = {
    "id": 1017,
    "user_id": "user-17",
    "email": "ada.lovelace@example.com",
    "cents": 4950,
    "currency": "USD",
    "products": [{"product_id": "SKU-1", "name": "Walnut desk", "price": 49.5, "quantity": 1}],
    "url": "https://shop.example.com/thanks",
    "ip": "73.15.20.4",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
}
ADA_S_HASH = "e814ff3dc480a94c7ce9334062ec4733c75a002f4bcec0197f62ffea64059e2f"
PYTHON = os.environ.get("SEGMENT_PYTHON", sys.executable)
HAS_LIBRARY = subprocess.run([PYTHON, "-c", "import segment.analytics"], capture_output=True, check=False)
pytestmark = pytest.mark.skipif(HAS_LIBRARY.returncode != 0, reason="needs segment-analytics-python")


def test_an_order_becomes_a_checkout(mockpin):
    script = Path(__file__).with_name("purchase.py")
    command = [PYTHON, script, mockpin.url, mockpin.ad_account_id, json.dumps(ORDER)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    mockpin.expect(
        event_name="checkout",
        source="segment",
        count=1,
        timeout=5,
        payload={"custom_data.order_id": "1017", "user_data.em": [ADA_S_HASH]},
    )
