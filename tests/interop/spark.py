"""Runs an example as spark-submit would, on two workers' threads of this machine: spark.py EXAMPLE ARGUMENT..."""

import os
import runpy
import sys

os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[2] --driver-memory 512m --conf spark.ui.enabled=false pyspark-shell"
sys.argv = sys.argv[1:] + ([os.environ["ATTACHE"]] if sys.argv[1].endswith("pipe.py") and len(sys.argv) == 4 else [])
runpy.run_path(sys.argv[0], run_name="__main__")
