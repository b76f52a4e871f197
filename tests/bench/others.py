"""Finds the names of a list in a text as others do: others.py ahocorasick|ahocorasick_rs|flashtext|spacy NAMES TEXT"""

import sys


def ahocorasick(names, text):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return sum(1 for _ in automaton.iter_long(text))


def ahocorasick_rs(names, text):
    from ahocorasick_rs import AhoCorasick, MatchKind

    return len(AhoCorasick(names, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text))


def flashtext(names, text):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(names)
    return len(processor.extract_keywords(text))


def spacy(names, text):
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    matcher.add("name", list(language.tokenizer.pipe(names)))
    return sum(len(matcher(language.make_doc(line))) for line in text.splitlines())


kind, names_path, text_path = sys.argv[1:]
print(globals()[kind](open(names_path, encoding="utf-8").read().splitlines(), open(text_path, encoding="utf-8").read()))
