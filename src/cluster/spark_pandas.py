"""Annotates a table in Spark with mapInPandas: the library in each Python worker, no process for a document.

    (cd src/python && zip -r attache.zip attache)
    spark-submit --py-files src/python/attache.zip --files build/libattache.so \
        --conf spark.executorEnv.ATTACHE_LIBRARY=./libattache.so spark_pandas.py IN.jsonl OUT

IN has the fields text and id, OUT becomes a folder of JSON Lines. Where the package is installed on the workers (`make python`) no
option is needed.
"""

import sys

from pyspark.sql import SparkSession

import attache.spark


def main(source, target):
    spark = SparkSession.builder.appName("attache").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)  # rows of one batch in a worker's memory
    frame = spark.read.schema("id string, text string, date string, title string").json(source)
    frame = frame.repartition(spark.sparkContext.defaultParallelism)
    records = frame.mapInPandas(attache.spark.annotate(facts=("date", "title")), attache.spark.SCHEMA)
    records.select("record").write.mode("overwrite").text(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
