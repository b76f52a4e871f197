"""Annotates lines in Spark with RDD.pipe: one `attache tag` a partition, a line in, a line out.

    spark-submit --files attache spark_pipe.py IN.jsonl OUT [ATTACHE]

checkCode makes a program that failed fail the task, which Spark then runs again; without it the partition would be short and
nobody would know. --errors-ok, since a document that can't be read has its record and must not fail the task. One thread a
program: Spark gives each core a partition.
"""

import sys

from pyspark import SparkContext


def main(source, target, attache="./attache"):
    context = SparkContext(appName="attache")
    command = f"{attache} tag --quiet --errors-ok --threads 1 --input-format jsonl -"
    lines = context.textFile(source, minPartitions=context.defaultParallelism)
    lines.pipe(command, checkCode=True).saveAsTextFile(target)
    context.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
