"""A Spark session on this machine, and the report of one process that a cluster's must equal."""

from itertools import chain

import pytest

from mockpin.observations.as_findings import add_observations, read_file_limits
from mockpin.observations.in_files import FileFacts
from mockpin.observations.relation import Facts
from mockpin.rules import ROWS
from mockpin.segment.payloads import READINGS, RECORDED
from mockpin_validator.archive import Audit, Judging, divide_file, judge_parts
from mockpin_validator.archive.audit import add_up
from mockpin_validator.formats import FORMATS, render
from tests.spark.archives import NOW

#: Java compiles quickly and not well, on the thread that needs it: what runs for seconds gains nothing else.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
#: Little memory and no compiling of queries, which takes longer than a few thousand rows do.
SETTINGS = {
    "spark.driver.extraJavaOptions": JAVA_OPTIONS,
    "spark.executor.extraJavaOptions": JAVA_OPTIONS,
    "spark.driver.memory": "700m",
    "spark.executor.memory": "500m",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
JUDGING = Judging(now=NOW, reading=READINGS["payload"], readings=RECORDED, fact_of=FileFacts(b"a key"))
LIMITS = read_file_limits({}, "faithful", {})


def report_of_one_process(names):
    """The tally of files with their observations, as `mockpin validate` adds it up."""
    names = tuple(map(str, names))
    parts = chain.from_iterable(map(divide_file, names))
    with Facts() as facts:
        *_, tally = add_up(judge_parts(parts, JUDGING), facts.add)
        observations = facts.observe(LIMITS)
    return add_observations(tally, observations, names), names


def reports(tally, names):
    """The report in every format."""
    audit = Audit(tally, names, rules=ROWS, min_events=1)
    return {form: render(audit, form) for form in FORMATS}


@pytest.fixture(scope="module")
def spark():
    """A session that ends with its module: a process has one at a time, and a module wants a cluster's."""
    from mockpin.spark.session import open_session

    with open_session("local[2]", SETTINGS) as session:
        yield session
