"""Archives of events on a Spark cluster, with the report that one machine gives. Needs the extra `spark`.

`audit` is for notebooks and jobs that have a session; `mockpin validate --engine spark` starts its own.
"""

from mockpin.spark.auditing import SparkAudit, audit

__all__ = ["SparkAudit", "audit"]
