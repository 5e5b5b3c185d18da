"""What the modules ask of a Spark session and its DataFrames, answered by SQLite."""

import sqlite3
from types import SimpleNamespace

CORES = 3


class Session:
    """A session, and every session that is made of it: they share tables and views."""

    def __init__(self, **settings):
        self.database = sqlite3.connect(":memory:")
        self.database.execute("ATTACH ':memory:' AS global_temp")
        self.settings = {name.replace("_", "."): value for name, value in settings.items()}
        self.conf = SimpleNamespace(get=self.settings.get, set=self.settings.__setitem__)
        self.sparkContext = SimpleNamespace(defaultParallelism=CORES)
        self.catalog = SimpleNamespace(dropGlobalTempView=self._drop)
        self.kept, self._made = [], 0

    def newSession(self):  # noqa: N802 - as pyspark calls it
        return self

    def createDataFrame(self, rows, schema):  # noqa: N802
        """A table of these rows; the types of its columns are left to SQLite."""
        self._made += 1
        names = [column.split()[0].strip("`") for column in schema.split(", ")]
        self.database.execute(f"CREATE TEMP TABLE made_{self._made} ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        self.database.executemany(f"INSERT INTO made_{self._made} VALUES ({marks})", rows)
        return Frame(self, f"SELECT * FROM made_{self._made}")

    def table(self, name):
        return Frame(self, f"SELECT * FROM {name}")

    def sql(self, query, **frames):
        return Frame(self, query.format(**{name: f"({frame.query})" for name, frame in frames.items()}))

    def close(self):
        self.database.close()

    def _drop(self, name):
        self.database.execute(f"DROP TABLE global_temp.{name}")


class Frame:
    """The rows of a query. `sparkSession.kept` lists the queries whose rows are persisted."""

    def __init__(self, session, query):
        self.sparkSession, self.query = session, query

    def where(self, condition):
        return self._with(f"SELECT * FROM ({self.query}) WHERE {condition}")

    def select(self, *columns):
        return self._with(f"SELECT {', '.join(columns)} FROM ({self.query})")

    selectExpr = select  # noqa: N815 - as pyspark calls it

    def orderBy(self, *columns):  # noqa: N802
        return self._with(f"SELECT * FROM ({self.query}) ORDER BY {', '.join(columns)}")

    def unionByName(self, other):  # noqa: N802
        return self._with(f"SELECT * FROM ({self.query}) UNION ALL SELECT * FROM ({other.query})")

    @property
    def columns(self):
        return [column[0] for column in self.sparkSession.database.execute(self.query).description]

    def isEmpty(self):  # noqa: N802
        return not self.collect()

    def localCheckpoint(self):  # noqa: N802
        return self

    def limit(self, count):
        return self._with(f"SELECT * FROM ({self.query}) LIMIT {count}")

    def join(self, other, names):
        return self._with(f"SELECT * FROM ({self.query}) JOIN ({other.query}) USING ({', '.join(names)})")

    def hint(self, _name):
        return self

    def coalesce(self, partitions):
        self.sparkSession.partitions = partitions
        return self

    def persist(self):
        self.sparkSession.kept.append(self.query)
        return self

    def unpersist(self):
        self.sparkSession.kept.remove(self.query)

    def createOrReplaceTempView(self, name):  # noqa: N802
        self._put("TEMP VIEW", name)

    def createOrReplaceGlobalTempView(self, name):  # noqa: N802
        self._put("TABLE", f"global_temp.{name}")

    def collect(self):
        return self.sparkSession.database.execute(self.query).fetchall()

    toLocalIterator = collect  # noqa: N815

    def count(self):
        return len(self.collect())

    def _put(self, kind, name):
        self.sparkSession.database.execute(f"DROP {kind.split()[-1]} IF EXISTS {name}")
        self.sparkSession.database.execute(f"CREATE {kind} {name} AS {self.query}")

    def _with(self, query):
        return Frame(self.sparkSession, query)
