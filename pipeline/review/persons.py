"""Names of persons in Chinese text (人名): words and parts of speech by jieba, rules for their surroundings by spaCy.

jieba cuts the text and guesses names; it takes common words for names too, so a guess alone must look like a name,
while a word beside an office or a label (局长、联系人), or in a row of names, needs less. Both are loaded on use.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from corpora.access import load_yaml

_HAN: Final = r"[\u4e00-\u9fff\u3400-\u4dbf]"
_NAME_TAGS: Final = ["nr", "nrt", "nrfg"]
_NEW: Final = "new"  # the tag of a word that jieba's dictionary has not
_NO_GIVEN_TAGS: Final = ["c", "p", "u", "uj", "ul", "v", "d", "x", "m"]
_MASKED: Final = r"[×xX*＊某Ｘ]{1,2}"
_BETWEEN: Final = ("、", "，", ",", " ", "/")
_GAP: Final = " "  # a name of two characters is often set with a blank between them
_BATCH: Final = 5_000  # characters that go through the pipeline at once
_MOST_IN_A_ROW: Final = 6  # names that one rule takes in


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary: family names, what stands before or after a name, what makes a word none."""

    surnames: str
    doubles: tuple[str, ...]
    labels: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[str, ...]
    endings: str
    not_names: tuple[str, ...]

    def builds_a_name(self, word: str) -> bool:
        """Whether the word is a family name and one or two characters, and no place, office or label."""
        doubled = word.startswith(self.doubles) and len(word) in (3, 4)
        single = len(word) in (2, 3) and word[0] in self.surnames
        if not (doubled or single) or not re.fullmatch(rf"{_HAN}+", word) or word in self.not_names:
            return False
        return not word.endswith((*self.places, *self.titles, *self.labels))

    def stands_alone(self, word: str) -> bool:
        """Whether a word that nothing around it calls a name is built like no other word."""
        return len(word) > 2 and self.builds_a_name(word) and word[-1] not in self.endings


def find_persons(texts: Sequence[str]) -> tuple[str, ...]:
    """The names in the texts, longest first; a name stands once however often it is found."""
    words = _vocabulary()
    pipeline = _pipeline(words)
    found: set[str] = set()
    for batch in _batches(texts):
        document = pipeline(batch)
        for span in document.spans["ruler"]:
            found.update(_names(span, document, words))
        found.update(re.findall(rf"[{words.surnames}]{_MASKED}", batch))
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _vocabulary() -> _Words:
    data = load_yaml("privacy.yaml")
    return _Words(
        surnames="".join(data["surnames"].split()),
        doubles=tuple(data["double_surnames"]),
        labels=tuple(data["labels"]),
        titles=tuple(data["titles"]),
        places=tuple(data["places"]),
        endings=data["endings"],
        not_names=tuple(data["not_names"]),
    )


def _batches(texts: Sequence[str]) -> Iterator[str]:
    """Texts on lines of their own, put together to spare calls."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if size + len(text) > _BATCH and batch:
            yield "\n".join([*batch, ""])
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield "\n".join([*batch, ""])


@lru_cache(maxsize=1)
def _pipeline(words: _Words) -> Any:
    """A blank Chinese pipeline whose tokens are jieba's, tagged, with rules for names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own imports are deprecated, which is no concern of the user
        import jieba
        import spacy
        from jieba import posseg
        from spacy.tokens import Doc
    jieba.setLogLevel("ERROR")
    cutter = posseg.POSTokenizer(jieba.Tokenizer())  # of our own: words added to it are nobody else's
    for word in (*words.labels, *words.titles):
        cutter.tokenizer.add_word(word, tag="n")
    language = spacy.blank("zh")

    def tokenize(text: str) -> Any:
        pairs = [(pair.word, pair.flag) for pair in cutter.cut(text) if pair.word]
        document = Doc(language.vocab, words=[word for word, _ in pairs], spaces=[False] * len(pairs))
        for token, (_, flag) in zip(document, pairs, strict=True):
            known = flag in _NAME_TAGS or token.text in cutter.tokenizer.FREQ
            token.tag_ = flag if known else _NEW
        return document

    language.tokenizer = tokenize
    language.add_pipe("span_ruler").add_patterns(list(_patterns(words)))
    return language


def _patterns(words: _Words) -> Iterator[dict[str, Any]]:
    """Rules over tokens; the id tells which tokens of a match are the name."""
    family = {"TEXT": {"REGEX": rf"^(?:[{words.surnames}]|{'|'.join(words.doubles)})$"}}
    guessed = {"TAG": {"IN": _NAME_TAGS}, "LENGTH": {">=": 2}}
    built = {"TEXT": {"REGEX": rf"^(?:[{words.surnames}]|{'|'.join(words.doubles)}){_HAN}{{1,2}}$"}}
    given = {"TEXT": {"REGEX": rf"^{_HAN}{{1,2}}$"}, "TAG": {"NOT_IN": _NO_GIVEN_TAGS}}
    office = {"TEXT": {"IN": list(words.titles)}}
    label = {"TEXT": {"IN": [*words.labels, *words.titles]}}
    blank = {"TEXT": {"IN": [" ", "|", "、"]}, "OP": "*"}
    colon = {"TEXT": {"IN": [":", "："]}}

    unheard = {**built, "TAG": {"IN": [*_NAME_TAGS, _NEW]}}

    def rule(kind: str, *pattern: dict[str, Any]) -> dict[str, Any]:
        return {"label": "PERSON", "id": kind, "pattern": list(pattern)}

    yield rule("after", label, blank, colon, blank, built)
    for name in (guessed, unheard):
        yield rule("after", label, blank, name)
        yield rule("before", name, office)
    yield rule("after-parts", label, blank, colon, blank, family, given)
    yield rule("after-parts", label, blank, {"TEXT": {"IN": list(words.doubles)}}, given)
    yield rule("after-gap", label, blank, colon, blank, family, {"TEXT": _GAP}, given)
    yield rule("before-parts", family, given, office)
    yield rule("phrase", {**family, "TAG": {"IN": _NAME_TAGS}}, office)
    yield rule("alone", guessed, {"TEXT": {"NOT_IN": list(words.places)}})
    for number in range(2, _MOST_IN_A_ROW + 1):
        further: list[dict[str, Any]] = [{"TEXT": _BETWEEN[0]}, guessed]
        yield rule("row", guessed, *further * (number - 1))


def _names(span: Any, document: Any, words: _Words) -> Iterator[str]:
    """The names of a match, and those that follow one that a label announces."""
    tokens = [token.text for token in span]
    kind = span.id_
    if kind == "phrase":  # 李局长 goes as a whole: the family name alone says nothing
        yield "".join(tokens)
    elif kind == "alone":
        yield from filter(words.stands_alone, tokens[:1])
    elif kind == "row":
        yield from filter(words.builds_a_name, tokens[::2])
    elif kind == "after-gap":
        yield from ("".join(tokens[-3:]), tokens[-3] + tokens[-1])
    elif kind.startswith("after"):
        yield from filter(words.builds_a_name, ["".join(tokens[-2:]) if kind == "after-parts" else tokens[-1]])
    else:
        yield from filter(words.builds_a_name, ["".join(tokens[:2]) if kind == "before-parts" else tokens[0]])
    if kind.startswith("after"):
        yield from _following(span.end, document, words)


def _following(index: int, document: Any, words: _Words) -> Iterator[str]:
    """Further names of a list, as long as one follows another."""
    texts = [token.text for token in document[index : index + 60]]
    while len(texts) > 1 and texts[0] in _BETWEEN:
        whole, parts = texts[1], "".join(texts[1:3])
        if words.builds_a_name(whole):
            yield whole
            texts = texts[2:]
        elif len(whole) == 1 and words.builds_a_name(parts):
            yield parts
            texts = texts[3:]
        else:
            return
