"""The surface of Pinterest's API that is emulated, as an OpenAPI document: names, types and limits.

The facts are those of Pinterest's OpenAPI 5.23; the payload is the validator's own schema.
"""

import json

from mockpin.reports.event_quality import LOOKBACK_SECONDS
from mockpin.web.api.advertiser_defined_events import DEFINITIONS
from mockpin.web.api.conversion_tags import TAG_SCHEMA
from mockpin.web.api.other_endpoints import INGESTION_SOURCES, SOURCE_PLATFORMS
from mockpin_validator.contract.request import payload_schema

DIGITS = {"type": "string", "pattern": "^[0-9]+$", "maxLength": 18}
TEXT = {"type": ["string", "null"]}
ERROR = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
}
VERDICTS = {
    "type": "object",
    "required": ["num_events_processed", "num_events_received", "events"],
    "properties": {
        "num_events_processed": {"type": "integer"},
        "num_events_received": {"type": "integer"},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["status"],
                "properties": {
                    "status": {"enum": ["processed", "failed"]},
                    "error_message": TEXT,
                    "warning_message": TEXT,
                },
            },
        },
    },
}
DETAILED_ERROR = ERROR | {"properties": {**ERROR["properties"], "details": VERDICTS}}
TAG = {
    "type": "object",
    "required": ["ad_account_id", "name"],
    "properties": {
        "ad_account_id": {"type": "string"},
        "id": {"type": "string"},
        "name": {"type": "string"},
        "status": {"enum": ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT"]},
        "version": {"type": "string"},
        "code_snippet": {"type": "string"},
        "configs": {"type": "object"},
        "last_fired_time_ms": {"type": ["number", "null"]},
        "enhanced_match_status": {
            "enum": ["UNKNOWN", "NOT_VALIDATED", "VALIDATING_IN_PROGRESS", "VALIDATION_COMPLETE", None]
        },
    },
}
DETAIL = {
    "type": "object",
    "required": ["coverage"],
    "properties": {
        "coverage": {"type": "number"},
        "overlap": {"type": "number"},
        "issues": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "reason"],
                "properties": {name: {"type": "string"} for name in ("id", "name", "reason")},
            },
        },
    },
}
SCORE = {
    "type": "object",
    "required": [
        "overall_status", "quality_components", "ingestion_source", "source_platform", "lookback_period",
    ],
    "properties": {
        "overall_status": {"enum": ["NEEDS_IMPROVEMENT", "FAIR", "GOOD"]},
        "quality_components": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": DETAIL},
        },
        "ingestion_source": {"enum": list(INGESTION_SOURCES)},
        "source_platform": {"enum": list(SOURCE_PLATFORMS)},
        "lookback_period": {"enum": list(LOOKBACK_SECONDS)},
    },
}  # fmt: skip
CUSTOM_EVENT = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "mapped_conversion_type": {"type": ["string", "null"]}},
}
RECORD = {
    "type": "object",
    "required": ["name", "status"],
    "properties": {
        "name": {"type": "string"},
        "status": {"enum": ["success", "failure"]},
        "exceptions": {"type": "array", "items": {"type": "string"}},
    },
}
MINTED = {
    "type": "object",
    "required": ["access_token"],
    "properties": {"access_token": {"type": "string"}, "token_type": {"const": "conversion"}},
}


def answers(good, **bad):
    """The answers of an operation: 200, the errors that any may have, and its own."""
    known = {"200": good, **dict.fromkeys(("400", "401", "403", "404", "405", "413"), ERROR), **bad}
    return {
        status: {"description": status, "content": {"application/json": {"schema": schema}}}
        for status, schema in known.items()
    }


def body(schema):
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def listed(schema):
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": schema}},
    }


def parameter(name, schema, place="query", *, required=False):
    return {"name": name, "in": place, "schema": schema, "required": required or place == "path"}


def describe(account_id=DIGITS):
    """The document; `account_id` narrows the ad accounts that are asked for."""
    payload = json.loads(json.dumps(payload_schema()).replace("#/$defs/", "#/components/schemas/"))
    schemas = payload.pop("$defs")
    account = parameter("ad_account_id", account_id, "path")
    below = "/v5/ad_accounts/{ad_account_id}"
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pinterest's Conversions API as it is emulated", "version": "5.23"},
        "paths": {
            f"{below}/events": {
                "post": {
                    "parameters": [account, parameter("test", {"type": "boolean"})],
                    "requestBody": body(payload),
                    "responses": answers(VERDICTS, **{"422": DETAILED_ERROR, "429": ERROR}),
                }
            },
            "/v5/oauth/conversion_token": {"post": {"responses": answers(MINTED)}},
            f"{below}/conversion_eqs": {
                "get": {
                    "parameters": [
                        account,
                        parameter("lookback_period", {"enum": list(LOOKBACK_SECONDS)}, required=True),
                        parameter("source_platform", {"enum": list(SOURCE_PLATFORMS)}),
                        parameter("ingestion_source", {"enum": list(INGESTION_SOURCES)}),
                    ],
                    "responses": answers({"type": "array", "items": SCORE}),
                }
            },
            f"{below}/conversion_tags": {
                "get": {
                    "parameters": [account, parameter("filter_deleted", {"type": "boolean"})],
                    "responses": answers(listed(TAG)),
                },
                "post": {
                    "parameters": [account],
                    "requestBody": body(dict(TAG_SCHEMA)),
                    "responses": answers(TAG),
                },
            },
            f"{below}/conversion_tags/{{conversion_tag_id}}": {
                "get": {
                    "parameters": [account, parameter("conversion_tag_id", DIGITS, "path")],
                    "responses": answers(TAG),
                }
            },
            f"{below}/advertiser_defined_events": {
                "get": {"parameters": [account], "responses": answers(listed(CUSTOM_EVENT))},
                **{
                    method: {
                        "parameters": [account],
                        "requestBody": body(dict(DEFINITIONS)),
                        "responses": answers(listed(RECORD)),
                    }
                    for method in ("post", "patch")
                },
                "delete": {
                    "parameters": [account, parameter("event_names", {"type": "string"}, required=True)],
                    "responses": answers(listed(RECORD)),
                },
            },
        },
        "components": {"schemas": schemas},
    }
