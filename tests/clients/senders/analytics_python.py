"""One track call with segment-analytics-python, which sends to api.segment.io."""

from segment import analytics

analytics.write_key, analytics.max_retries, analytics.sync_mode = "key-1", 0, True
context = {"ip": "73.15.20.4", "userAgent": "Mozilla/5.0"}
properties = {"order_id": "o-1", "email": "jo@example.com", "currency": "USD", "value": 49.5}
analytics.track("u-1", "Order Completed", properties, context=context)
