"""What Spark reports, in one sentence with what to do."""

import pytest

from mockpin.spark.problems import ClusterFailed, SparkUnusable, explain

TRACE = "\n\tat org.apache.spark.scheduler.Task.run(Task.scala:147)\n\tat java.lang.Thread.run(Thread.java:8)"


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        ("[PATH_NOT_FOUND] Path does not exist: file:/x*. SQLSTATE: 42K03", "nothing at file:/x*: correct"),
        ("[TABLE_OR_VIEW_NOT_FOUND] The table or view `a`.`b` is unknown", "knows no table `a`.`b`"),
        ("ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found", "hadoop-aws"),
        ('UnsupportedFileSystemException: No FileSystem for scheme "gs"', "no reader for gs:"),
        ("Error: Class org.apache.hadoop.fs.gs.GoogleFileSystem not found", "gs.GoogleFileSystem for"),
        ("java.lang.IllegalArgumentException: java.net.UnknownHostException: lake", "no host lake: correct"),
        ("org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provided", "credentials"),
        ("S3Exception: Access Denied (Service: S3, Status Code: 403) AccessDenied", "credentials"),
        ("java.nio.file.AccessDeniedException: /lake/a: ", "may not use /lake/a: permit"),
        ("java.nio.file.AccessDeniedException: s3a://lake/a: getFileStatus", "credentials"),
        ("java.io.FileNotFoundException: /a.jsonl (Permission denied)", "may not use /a.jsonl: permit"),
        ("Error: Mkdirs failed to create file:/out/_work/0 (exists=false)", "not use file:/out: permit"),
        ("[FAILED_READ_FILE] Encountered error while reading file file:/a.b.  S", "file:/a.b: write"),
        ("RuntimeException: file:/a.parquet is not a Parquet file. Expected magic number", "write it again"),
        ("ModuleNotFoundError: No module named 'mockpin'", "no module mockpin: install"),
        ("Error: UnsupportedClassVersionError: org/apache/spark/launcher/Main", "Java 17"),
        ("org.apache.spark.SparkException: Could not parse Master URL: 'sparc://x'", "no master sparc://x"),
    ],
)  # fmt: skip
def test_what_was_given_is_named_with_what_to_do(reported, sentence):
    problem = explain(reported + TRACE)
    assert type(problem) is SparkUnusable
    assert sentence in str(problem)
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        ("SparkException: Job 3 cancelled because SparkContext was shut down", "master has ended"),
        ("Job aborted: ExecutorLostFailure (executor 1 exited)", "lost workers"),
        ("java.lang.OutOfMemoryError: Java heap space", "out of memory"),
        ("Call From vm/::1 to lake:8020 failed on connection exception: refused", "answers at lake:8020,"),
        ("java.io.IOException: No space left on device", "spark.local.dir"),
    ],
)
def test_a_cluster_that_fails_is_told_apart(reported, sentence):
    problem = explain(reported + TRACE)
    assert isinstance(problem, ClusterFailed)
    assert sentence in str(problem)


def test_any_other_reason_is_its_first_line_without_classes_values_and_trace():
    reported = (
        "An error occurred while calling o45.collect\n: org.apache.spark.SparkException: Odd 'jo@example.com'"
    )
    assert str(explain(reported + TRACE)) == (
        "Spark could not finish: Odd …. The logs of its driver and workers say more."
    )


def test_no_reason_at_all_is_said():
    assert "gives no reason" in str(explain(""))
