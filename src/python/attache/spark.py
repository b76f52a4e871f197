"""attache in Apache Spark: one Tagger a worker process, made at its first batch.

    frame.mapInPandas(attache.spark.annotate(text="text", id="id"), attache.spark.SCHEMA)

Each row gives one row, in its place: `id`, `record` (a line of JSON) and `error` (null for a good one).
"""

import json

import attache

SCHEMA = "id string, record string, error string"
_taggers = {}


def tagger(**options):
    """This process' Tagger with these options."""
    key = repr(sorted(options.items()))
    if key not in _taggers:
        _taggers[key] = attache.Tagger(**options)
    return _taggers[key]


def annotate(text="text", id="id", facts=(), **options):
    """A function for mapInPandas. `facts` are columns among title, date, origin, lang; `options` are a Tagger's."""

    def one(ready, row):
        given = {name: row[name] for name in facts if isinstance(row[name], str)}
        if not isinstance(row[text], str):
            error = f"the column '{text}' is no string"
            return json.dumps({"schema": 1, "id": str(row[id]), "source": None, "error": {"code": "E011", "message": error}}), error
        return ready.tag_json(row[text], id=row[id], **given), None

    def work(batches):
        import pandas

        ready = tagger(**options)
        for batch in batches:
            made = [one(ready, row) for row in batch[list({text, id, *facts})].to_dict("records")]
            yield pandas.DataFrame(
                {
                    "id": batch[id].astype(str).array,
                    "record": [record for record, _ in made],
                    "error": pandas.Series([error for _, error in made], dtype=object),
                }
            )

    return work
