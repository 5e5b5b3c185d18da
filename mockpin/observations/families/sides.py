"""Events that only the tag or only the server's side saw, and sides that are silent."""

from typing import Final

from mockpin.observations.rule import ObservationRule

ONLY_TAG: Final = ObservationRule(
    name="seen-by-tag-only",
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
    severity="warning",
    effect="none",
    summary="The tag reports most events that the API reports.",
    query="""
        SELECT account, event_name, 'api' AS source, '' AS detail, server_alone AS events, ids AS total,
            server_example AS example, server_example AS other
        FROM sides WHERE tag_alone < tags AND ids >= {least} AND server_alone >= {threshold} * ids AND (
            SELECT 2 * COUNT(DISTINCT COALESCE(e.ip, e.external_id, e.em, e.click_id, e.id))
            FROM by_id b JOIN facts e ON e.id = b.server_id
            WHERE b.account = sides.account AND b.event_name = sides.event_name AND b.tag_id IS NULL
                AND b.web = 1
        ) >= {least}
    """,
    sentence="The tag misses {events} of {total} {name}: only the API saw {share} of them.",
    fix="Check that the tag fires on every page and device, and that consent does not block it by mistake.",
    least=20,
    threshold=0.6,
    why="Ad blockers and refused consent keep a third or more of visitors from the tag; over half is a page "
    "without the tag. Under ten people, one who blocks the tag and comes often decides the share.",
)

CHECKOUT_ONLY_TAG: Final = ObservationRule(
    name="checkout-by-tag-only",
    severity="warning",
    effect="none",
    summary="Where the API reports web events at all, it reports checkouts, too.",
    query="""
        SELECT s.account, s.event_name, 'tag' AS source, '' AS detail, s.tags AS events, s.ids AS total,
            s.tag_example AS example, s.tag_example AS other
        FROM sides AS s
        WHERE s.event_name = 'checkout' AND s.servers = 0 AND s.tags >= {least}
            AND EXISTS (SELECT 1 FROM names_of_server n WHERE n.account = s.account)
    """,
    sentence="The API reports other events and none of the {n} checkouts that the tag reports.",
    fix="Report the checkout from where your server accepts the order, with the event_id of the tag's.",
    least=5,
    why="A shop that connects its server does so for its orders first: five checkouts that the server never "
    "mentions are a hook that does not run.",
)

RULES: Final = (ONLY_TAG, ONLY_SERVER, CHECKOUT_ONLY_TAG)
