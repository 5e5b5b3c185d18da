"""Events that only the tag or only the server's side saw, and sides that are silent."""

from __future__ import annotations

from typing import Final

from mockpin.observations.rule import ObservationRule

FAMILY: Final = "one-sided"

ONLY_TAG: Final = ObservationRule(
    name="seen-by-tag-only",
    family=FAMILY,
    severity="warning",
    effect="none",
    summary="The API reports nearly every event that the tag reports.",
    query="""
        SELECT account, event_name, 'tag' AS source, '' AS detail, tag_alone AS events, ids AS total,
            tag_example AS example, tag_example AS other
        FROM sides WHERE tag_alone < tags AND ids >= {least} AND tag_alone >= {threshold} * ids
    """,
    sentence="The API misses {events} of {total} {name}: only the tag saw {share} of them.",
    fix="Find what keeps your server from reporting them: a queue, a consent check, an error that is swallowed.",
    least=20,
    threshold=0.2,
    why="Nothing blocks a server: a tenth may fall to consent or time-outs, a fifth does not. Below 20 events "
    "a share says little.",
)

ONLY_SERVER: Final = ObservationRule(
    name="seen-by-api-only",
    family=FAMILY,
    severity="warning",
    effect="none",
    summary="The tag reports most events that the API reports.",
    query="""
        SELECT account, event_name, 'api' AS source, '' AS detail, server_alone AS events, ids AS total,
            server_example AS example, server_example AS other
        FROM sides WHERE tag_alone < tags AND ids >= {least} AND server_alone >= {threshold} * ids
    """,
    sentence="The tag misses {events} of {total} {name}: only the API saw {share} of them.",
    fix="Check that the tag fires on every page and device, and that consent does not block it by mistake.",
    least=20,
    threshold=0.6,
    why="Ad blockers and refused consent keep a third or more of visitors from the tag; over half is a page "
    "without the tag.",
)

RULES: Final = (ONLY_TAG, ONLY_SERVER)
