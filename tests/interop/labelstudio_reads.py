"""labelstudio_reads.py MANUAL TASKS: Label Studio's SDK finds the tasks to be right for the labelling configuration in the manual."""

import json
import sys

from label_studio_sdk.label_interface import LabelInterface

manual = open(sys.argv[1], encoding="utf-8").read()
start, end = manual.index("<View>"), manual.index("</View>")
interface, results = LabelInterface(manual[start:end].replace("\\-", "-") + "</View>"), 0
for task in json.load(open(sys.argv[2], encoding="utf-8")):
    assert interface.validate_task({"data": task["data"]}), task["data"]
    for prediction in task["predictions"]:
        assert interface.validate_prediction(prediction), task["data"]["id"]
        assert all(task["data"]["text"][v["start"] : v["end"]] == v["text"] for v in (r["value"] for r in prediction["result"]))
        results += len(prediction["result"])
assert results > 500 and not interface.validate_prediction(prediction | {"result": [{"type": "labels"}]})
