"""Send the event on standard input with pinterest-generated-client."""

import json
import os
import sys

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.conversion_events_api import ConversionEventsApi
from openapi_generated.pinterest_client.exceptions import ApiException
from openapi_generated.pinterest_client.model.conversion_events import ConversionEvents
from openapi_generated.pinterest_client.model.conversion_events_custom_data import ConversionEventsCustomData
from openapi_generated.pinterest_client.model.conversion_events_data import ConversionEventsData
from openapi_generated.pinterest_client.model.conversion_events_user_data import ConversionEventsUserData

event = json.load(sys.stdin)
event["user_data"] = ConversionEventsUserData(**event["user_data"])
event["custom_data"] = ConversionEventsCustomData(**event["custom_data"])
configuration = Configuration(
    host=os.environ["PINTEREST_API_URI"], access_token=os.environ["PINTEREST_CONVERSION_TOKEN"]
)
try:
    answer = ConversionEventsApi(ApiClient(configuration)).events_create(
        os.environ["PINTEREST_AD_ACCOUNT_ID"], ConversionEvents(data=[ConversionEventsData(**event)])
    )
    json.dump({"status": 200, "processed": answer.num_events_processed}, sys.stdout)
except ApiException as error:
    json.dump({"status": error.status, "error": type(error).__name__}, sys.stdout)
