"""attache in Python: the C library in this process, no process for a document.

    tagger = attache.Tagger()
    record = tagger.tag("The Ministry of Foreign Affairs of Japan ...", id="one", date="2024-01-19")
    for line in tagger.tag_lines(texts): ...

A Tagger may be used by any number of threads: the rules are shared, each thread has a document of its own, and the interpreter
is free while a text is annotated. Offsets are code points, so text[m["start"]:m["end"]] is the mention.
"""

import ctypes
import json
import os
import re
import threading

__all__ = ["Tagger", "AttacheError", "VERSION"]
VERSION = "0.1.0"


class AttacheError(Exception):
    """What the library refused, with the findings about the rules, one a line."""


class _EngineOptions(ctypes.Structure):
    _fields_ = [
        ("rules", ctypes.c_char_p),
        ("with_", ctypes.POINTER(ctypes.c_char_p)),
        ("with_count", ctypes.c_size_t),
        ("reference", ctypes.c_bool),
        ("max_topics", ctypes.c_uint32),
        ("anew", ctypes.c_bool),
        ("texts", ctypes.c_bool),
    ]


class _WriterOptions(ctypes.Structure):
    _fields_ = [
        ("format", ctypes.c_char_p),
        ("offsets", ctypes.c_char_p),
        ("types", ctypes.c_char_p),
        ("text", ctypes.c_bool),
        ("view", ctypes.c_char_p),
        ("theme", ctypes.c_char_p),
    ]


class _Facts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("id", "source", "title", "date", "origin", "lang")]


class _Finding(ctypes.Structure):
    _fields_ = [
        ("severity", ctypes.c_int),
        ("code", ctypes.c_char_p),
        ("path", ctypes.c_char_p),
        ("line", ctypes.c_uint32),
        ("column", ctypes.c_uint32),
        ("message", ctypes.c_char_p),
        ("text", ctypes.c_char_p),
    ]


_Sink = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Finding))
_POINTER = ctypes.c_void_p
_FUNCTIONS = {
    "att_status_text": (ctypes.c_char_p, [ctypes.c_int]),
    "att_engine_new": (ctypes.c_int, [ctypes.POINTER(_POINTER), ctypes.POINTER(_EngineOptions), _Sink, _POINTER]),
    "att_engine_free": (None, [_POINTER]),
    "att_engine_digest": (ctypes.c_char_p, [_POINTER]),
    "att_engine_name": (ctypes.c_char_p, [_POINTER, ctypes.c_int, ctypes.c_size_t]),
    "att_engine_first_stage": (ctypes.c_char_p, [_POINTER, ctypes.c_char_p]),
    "att_profile_has": (ctypes.c_bool, [ctypes.c_char_p, ctypes.c_char_p]),
    "att_doc_new": (ctypes.c_int, [ctypes.POINTER(_POINTER), _POINTER]),
    "att_doc_free": (None, [_POINTER]),
    "att_doc_set_text": (ctypes.c_int, [_POINTER, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(_Facts)]),
    "att_doc_set_until": (ctypes.c_int, [_POINTER, ctypes.c_char_p]),
    "att_doc_set_profile": (ctypes.c_int, [_POINTER, ctypes.c_char_p]),
    "att_doc_set_statements": (None, [_POINTER, ctypes.c_bool]),
    "att_doc_tag": (ctypes.c_int, [_POINTER]),
    "att_writer_new": (ctypes.c_int, [ctypes.POINTER(_POINTER), _POINTER, ctypes.POINTER(_WriterOptions)]),
    "att_writer_free": (None, [_POINTER]),
    "att_writer_write": (
        ctypes.c_int,
        [_POINTER, _POINTER, ctypes.POINTER(_POINTER), ctypes.POINTER(ctypes.c_size_t)],
    ),
}


def _load():
    """The library that ATTACHE_LIBRARY names, the one beside this file, or the system's."""
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libattache.so")
    path = os.environ.get("ATTACHE_LIBRARY") or (here if os.path.exists(here) else "libattache.so.0")
    library = ctypes.CDLL(path)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


_library = None
_lock = threading.Lock()


def _get_library():
    global _library
    with _lock:
        if _library is None:
            _library = _load()
    return _library


def _bytes(text):
    data = None if text is None else os.fsencode(text)
    if data and b"\0" in data:
        raise ValueError(f"a NUL is in no option: {text!r}")
    return data


def _clean(text):
    """Surrogates, which stand for no character when they are alone, as U+FFFD."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)


def _fact(fact):
    """Ends at no NUL, as it would in C."""
    return None if fact is None else _clean(str(fact)).replace("\0", "\ufffd").encode()


class _Number(str):
    """A number of JSON as it is written: 1.10, and any digits."""


def _refuse(word):
    raise ValueError(f"{word} is no value")


class _Engine:
    """The rules. They go with the last of the Tagger and its workers, none of which holds the Tagger: it would be a circle."""

    def __init__(self, library):
        self._library, self._as_parameter_ = library, _POINTER()

    def __del__(self):
        if self._as_parameter_:
            self._library.att_engine_free(self._as_parameter_)


class _Worker:
    """A document and a writer, for one thread. They go before the engine that they hold."""

    def __init__(self, tagger):
        self.library, self.engine, self.document, self.writer = tagger._library, tagger._engine, _POINTER(), _POINTER()
        library = self.library
        tagger._check(library.att_doc_new(ctypes.byref(self.document), tagger._engine))
        library.att_doc_set_statements(self.document, tagger._statements)
        tagger._check(library.att_doc_set_until(self.document, tagger._until), f"until={os.fsdecode(tagger._until or b'')!r}")
        tagger._check(library.att_doc_set_profile(self.document, tagger._profile), f"profile={os.fsdecode(tagger._profile or b'')!r}")
        status = library.att_writer_new(ctypes.byref(self.writer), tagger._engine, ctypes.byref(tagger._writing))
        tagger._check(status, self._wrong_option(tagger._writing) if status else "")

    def _wrong_option(self, writing):
        """Of the options of the writer those that the rules or the library don't know, each tried alone."""
        library, wrong = self.library, []
        for name in ("offsets", "types", "view", "theme"):
            value, writer = getattr(writing, name), _POINTER()
            alone = _WriterOptions(**{"format": b"jsonl", name: value})
            if library.att_writer_new(ctypes.byref(writer), self.engine, ctypes.byref(alone)):
                wrong.append(f"{name}={os.fsdecode(value)!r}")
            library.att_writer_free(writer)
        return ", ".join(wrong)

    def __del__(self):
        self.library.att_writer_free(self.writer)
        self.library.att_doc_free(self.document)


class Tagger:
    """Rules, ready. The arguments are the options of `attache tag`; `with_` is a folder or several, `types` "A,B" or a list."""

    def __init__(
        self, rules=None, with_=(), *, types=None, offsets=None, text=False, view=None, theme=None, max_topics=0, until=None, profile=None, statements=False
    ):
        self._library, self._local = _get_library(), threading.local()
        self._engine = _Engine(self._library)
        self._statements = statements
        self._until, self._profile = _bytes(until), _bytes(profile)
        types = types if types is None or isinstance(types, (str, bytes)) else ",".join(types)
        self._writing = _WriterOptions(b"jsonl", _bytes(offsets), _bytes(types), text, _bytes(view), _bytes(theme))
        folders = [_bytes(folder) for folder in ([with_] if isinstance(with_, (str, bytes, os.PathLike)) else with_)]
        if not 0 <= max_topics < 1 << 32:
            raise ValueError(f"max_topics is a number from 0 (as the rules say) to {(1 << 32) - 1}, not {max_topics}")
        options = _EngineOptions(
            _bytes(rules), (ctypes.c_char_p * len(folders))(*folders), len(folders), False, max_topics, False, False
        )
        findings = []

        @_Sink
        def hear(_, finding):
            if finding.contents.severity == 2:
                findings.append(finding.contents.text.decode("utf-8", "replace"))

        status = self._library.att_engine_new(ctypes.byref(self._engine._as_parameter_), ctypes.byref(options), hear, None)
        self._check(status, "".join(findings))
        self._refuse_in_vain(max_topics)
        self._worker()  # so that a wrong option is told here

    def __reduce__(self):
        raise TypeError("a Tagger stays in its process; make one in each")

    def _check(self, status, more=""):
        if status != 0:
            raise AttacheError(self._library.att_status_text(status).decode() + (":\n" + more if more else ""))

    def _refuse_in_vain(self, max_topics):
        """Options that can only give nothing are refused, as `attache tag` refuses them."""
        library, until, writing, named = self._library, self._until, self._writing, []
        while name := library.att_engine_name(self._engine, 0, len(named)):
            named.append(name)
        theme = b"THEME" if writing.theme and b"/" in writing.theme else b"TOPIC"
        wanted = {"theme": (writing.theme, theme), "view": (writing.view, b"THEME"), "max_topics": (max_topics, b"TOPIC")}
        wanted["statements"] = (self._statements, b"SPEECH")
        for option, (value, layer) in wanted.items():
            first = library.att_engine_first_stage(self._engine, layer)
            if value and until in named and first and named.index(first) > named.index(until):
                raise AttacheError(f"until={os.fsdecode(until)!r} leaves nothing for {option}: stage {os.fsdecode(first)!r} comes later")
        for type in (writing.types or b"").split(b","):
            if self._profile and type and not library.att_profile_has(self._profile, type):
                raise AttacheError(f"profile={os.fsdecode(self._profile)!r} has no {os.fsdecode(type)}")

    def _worker(self):
        worker = getattr(self._local, "worker", None)
        if worker is None:
            worker = self._local.worker = _Worker(self)
        return worker

    @property
    def digest(self):
        """Of the rules, as in records."""
        return self._library.att_engine_digest(self._engine).decode()

    def tag_json(self, text, *, id=None, source=None, title=None, date=None, origin=None, lang=None):
        """The record as a line of JSON, without its newline; "" when the document lacks the view or theme asked for."""
        if not isinstance(text, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"a text is a str or bytes, not {type(text).__name__}")
        worker, library = self._worker(), self._library
        data = _clean(text).encode() if isinstance(text, str) else bytes(text)
        facts = _Facts(*map(_fact, (id, source, title, date, origin, lang)))
        record, size = _POINTER(), ctypes.c_size_t()
        self._check(library.att_doc_set_text(worker.document, data, len(data), ctypes.byref(facts)))
        self._check(library.att_doc_tag(worker.document))
        self._check(
            library.att_writer_write(worker.writer, worker.document, ctypes.byref(record), ctypes.byref(size))
        )
        return ctypes.string_at(record, size.value).decode().rstrip("\n") if size.value else ""

    def tag(self, text, **facts):
        """The record as a dict; None when the document lacks the view or theme asked for."""
        line = self.tag_json(text, **facts)
        return json.loads(line) if line else None

    def tag_lines(self, lines, text_field="text"):
        """Records for lines of JSON, one for one and in order; what can't be read gives a record with an error."""
        if isinstance(lines, (str, bytes)):
            raise TypeError("lines are a file or a list of lines, not one text")
        return self._tag_lines(lines, text_field)

    def _tag_lines(self, lines, text_field):
        for number, line in enumerate(lines, 1):
            document, code, why = None, "E010", ""
            try:
                document = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_refuse)
            except (ValueError, RecursionError) as error:
                why = f"not JSON: {error}"
            id = document.get("id") if isinstance(document, dict) else None
            if not isinstance(id, str) or id == "":
                id = f"line:{number}"
            if not why and not isinstance(document, dict):
                code, why = "E013", "not an object"
            elif not why and type(document.get(text_field)) is not str:
                code, why = "E011", f"the object has no text in the field '{text_field}'"
            if why:
                error = {"code": code, "message": f"line {number}: {why}"}
                yield json.dumps({"schema": 1, "id": _clean(id), "source": None, "error": error}, ensure_ascii=False)
            else:
                facts = {name: document.get(name) for name in ("title", "date", "origin", "lang")}
                facts = {name: fact for name, fact in facts.items() if type(fact) is str or name == "date" and isinstance(fact, _Number)}
                yield self.tag_json(document[text_field], id=id, **facts)
