"""What keeps Spark from doing its work, in a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

INSTALL: Final = "The engine spark needs other packages: pip install 'mockpin[spark]'."
NO_JAVA: Final = (
    "Spark needs Java 17 or newer, and there is none: install it (on Debian: apt-get install"
    " openjdk-17-jre-headless), or set JAVA_HOME to where it is."
)
OLD_JAVA: Final = (
    "Spark needs Java 17 or newer, and this one is older: install another, or set JAVA_HOME to it."
)
NO_WORKER: Final = (
    "No Spark worker has been there for {seconds:.0f} seconds: start workers that have a core and memory to"
    " spare, or correct --master."
)


class SparkUnusable(Exception):
    """Something that was given to Spark cannot be used: a package, a path, a table, a column, credentials."""


class ClusterFailed(SparkUnusable):
    """The cluster cannot be reached, refuses the work, or has lost its workers."""


S3A: Final = (
    "Spark has no reader for s3a: name one in spark-defaults.conf, such as spark.jars.packages"
    " org.apache.hadoop:hadoop-aws:3.4.1, with the version of hadoop-client-api in Spark's folder jars."
)
CREDENTIALS: Final = (
    "The storage refuses the credentials, or got none: set them in spark-defaults.conf (for s3a:"
    " spark.hadoop.fs.s3a.access.key and .secret.key) or in the environment (AWS_ACCESS_KEY_ID and"
    " AWS_SECRET_ACCESS_KEY)."
)
CONNECT: Final = (
    "mockpin cannot judge through Spark Connect: it needs a classic session, with a master such as"
    " spark://HOST:7077 and without SPARK_REMOTE."
)
NO_MODULE: Final = (
    "Spark's Python workers have no module {0}: install mockpin[spark] on every worker, or send it along as"
    " docs/scale.md shows."
)
MASTER_ENDED: Final = (
    "The Spark master has ended the work or did not take it: look into its log, and check that it is of the"
    " same version as pyspark here."
)
WORKERS_LOST: Final = (
    "Spark lost workers until it gave up: look into their logs. Often they had too little memory"
    " (spark.executor.memory, spark.executor.memoryOverhead)."
)
NO_MEMORY: Final = "Spark ran out of memory: raise spark.driver.memory or spark.executor.memory."
DENIED: Final = "Spark may not use {0}: permit it to the user who runs Spark, or correct the path."
_DENIED: Final = (
    r"NoAuthWithAWSException|NoAwsCredentials|Unable to load (?:AWS )?credentials|InvalidAccessKeyId"
    r"|AccessDenied|Forbidden|HttpStatus: 403|401 Unauthorized|AccessControlException"
)
#: Pattern in what Spark reports -> the sentence, with the groups of the pattern filled in.
_UNUSABLE: Final = (
    (r"\[PATH_NOT_FOUND\] Path does not exist: (\S+?)\.? ", "Spark finds nothing at {0}: correct the path."),
    (r"\[TABLE_OR_VIEW_NOT_FOUND\].*?((?:`[^`]+`\.?)+)", "Spark knows no table {0}: correct --table."),
    (r"ClassNotFoundException: Class org\.apache\.hadoop\.fs\.s3a", S3A),
    (
        r"Class (org\.apache\.hadoop\.fs\.[\w.]+) not found",
        "Spark lacks {0} for this path: name its package in spark-defaults.conf (spark.jars.packages).",
    ),
    (
        r"No FileSystem for scheme\W+(\w+)",
        "Spark has no reader for {0}: name its package in spark-defaults.conf (spark.jars.packages).",
    ),
    (r"UnknownHostException: (\S+)", "Spark finds no host {0}: correct the path."),
    (r"AccessDeniedException: (/[^\s:]+)", DENIED),
    (r"(?<!\S)(?:file:)?(/\S+) \(Permission denied\)", DENIED),
    (r"Mkdirs failed to create ((?:(?!/_work/)\S)+)", DENIED),
    (_DENIED, CREDENTIALS),
    (
        r"Encountered error while reading file (\S+?)\.?\s",
        "Spark cannot read {0}: write it again, or leave it out.",
    ),
    (
        r"\[UNABLE_TO_INFER_SCHEMA\]|is not a Parquet file",
        "Spark cannot read one of the Parquet files: write it again, or leave it out.",
    ),
    (r"ModuleNotFoundError: No module named '([\w.]+)'", NO_MODULE),
    (r"UnsupportedClassVersionError", OLD_JAVA),
    (
        r"Could not parse Master URL: '?([^'\n]+)",
        "Spark knows no master {0}: write spark://HOST:PORT, local[2] or yarn.",
    ),
)
_FAILED: Final = (
    (r"All masters are unresponsive|stopped SparkContext|SparkContext was shut down", MASTER_ENDED),
    (
        r"ExecutorLostFailure|executor .{0,20}lost|Failed to connect to .{0,80}(?:executor|shuffle)",
        WORKERS_LOST,
    ),
    (r"OutOfMemoryError|maxResultSize", NO_MEMORY),
    (
        r"Call From \S+ to (\S+) failed on connection exception",
        "Nothing answers at {0}, where a path is: start that storage, or correct the path.",
    ),
    (
        r"No space left on device",
        "A disk is full, that of --output or of spark.local.dir: make room, or name a larger one.",
    ),
)
#: What Spark and Java put before the reason.
_PREFIX: Final = re.compile(
    r"^(?:: )?(?:[\w.$]+(?:Exception|Error): )+|^An error occurred while calling \S+$"
)
#: Values of an event that a reason could quote.
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


def explain(text: str) -> SparkUnusable:
    """What Spark reports, however long, as one sentence with what to do."""
    for patterns, kind in ((_UNUSABLE, SparkUnusable), (_FAILED, ClusterFailed)):
        for pattern, sentence in patterns:
            if found := re.search(pattern, text, re.DOTALL):
                return kind(sentence.format(*found.groups()))
    reason = next(_reasons(text), "it gives no reason")
    return ClusterFailed(f"Spark could not finish: {reason}. The logs of its driver and workers say more.")


def _reasons(text: str) -> Iterator[str]:
    """The lines that may be a reason, without the names of classes and without values."""
    for line in text.splitlines():
        bare = _QUOTED.sub("…", _PREFIX.sub("", line.strip()))
        if bare and not bare.startswith(("at ", "Traceback", "File ", "Driver stacktrace")):
            yield bare[:200].rstrip(". ")
