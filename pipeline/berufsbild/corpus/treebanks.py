"""Gold as tokens, for training: spaCy's DocBin and CoNLL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from berufsbild.corpus.gold import GoldSpan, GoldText, as_item
from berufsbild.corpus.sentences import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = "gold"
_OUTSIDE = "O"


def write_docbin(texts: Iterable[GoldText]) -> bytes:
    """Write gold as spaCy's DocBin, for `DocBin().from_bytes(…).get_docs(vocab)`.

    `doc.spans["gold"]` has the spans widened to whole tokens of our tokenizer,
    the value's id as `kb_id_`; `doc.user_data` has `id`, `split` and, with
    exact offsets and attributes, `spans`.
    """
    from spacy.lang.de import German
    from spacy.tokens import DocBin, SpanGroup

    from berufsbild.german.tokenizer import build

    vocab = German().vocab
    tokenizer = build(vocab)
    store = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for text in texts:
        doc = tokenizer(text.text)
        group = SpanGroup(doc, name=KEY)
        for span in text.gold.spans:
            tokens = doc.char_span(
                span.start,
                span.end,
                label=str(span.label),
                kb_id=str(span.attributes.get("id", "")),
                alignment_mode="expand",
            )
            if tokens is not None:
                group.append(tokens)
        doc.spans[KEY] = group
        items = [as_item(span) for span in text.gold.spans]
        doc.user_data.update(id=text.id, split=text.split, spans=items)
        store.add(doc)
    found: bytes = store.to_bytes()
    return found


def write_conll(texts: Iterable[GoldText]) -> str:
    """Write gold as tokens with BIO labels, a blank line after each sentence.

    A token that a span only touches belongs to it; of two spans in one token
    the first has it.

    Shape: `# id = …` before each text, then `token<TAB>B-ROLE`, `I-ROLE` or `O`.
    """
    from berufsbild.german.tokenizer import ChunkTokenizer
    from berufsbild.german.words import Words

    tokenizer = ChunkTokenizer(Words())
    lines: list[str] = []
    for text in texts:
        starts, ends, _ = tokenizer(text.text)
        labels = _bio(starts, ends, text.gold.spans)
        borders = [end for _, end in cut(text.text)]
        lines.append(f"# id = {text.id}")
        at = 0
        for start, end, label in zip(starts, ends, labels, strict=True):
            passed = at
            while at < len(borders) and start >= borders[at]:
                at += 1
            if at > passed and lines[-1].count("\t") and not label.startswith("I-"):
                lines.append("")
            lines.append(f"{text.text[start:end]}\t{label}")
        lines.append("")
    return "".join(line + "\n" for line in lines)


def _bio(starts: list[int], ends: list[int], spans: Iterable[GoldSpan]) -> list[str]:
    labels = [_OUTSIDE] * len(starts)
    at = 0
    for span in spans:
        while at < len(starts) and ends[at] <= span.start:
            at += 1
        prefix = "B"
        for token in range(at, len(starts)):
            if starts[token] >= span.end:
                break
            if labels[token] == _OUTSIDE:
                labels[token] = f"{prefix}-{span.label}"
                prefix = "I"
    return labels
