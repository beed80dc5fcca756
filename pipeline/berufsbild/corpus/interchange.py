"""Gold for labelling tools, and back from them: doccano and Label Studio.

A tool keeps what it does not know: the attributes of each span go into `meta`
of a doccano line and of a Label Studio region, and come back from there. What
comes back without them (made by a model, by another export) takes attributes
from the gold that there is, where label and place are the same; a span that is
new or was moved has none, and the checker asks for them.

Label Studio needs `<Labels name="label" toName="text">` with the four labels
and `<Text name="text" value="$text"/>`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from berufsbild.corpus.brat import Problem
from berufsbild.corpus.gold import Gold, GoldSpan, GoldText, as_item
from berufsbild.corpus.offsets import Spot, utf16
from berufsbild.corpus.tasks import Imported, Key, Mark, Task, take_in
from berufsbild.corpus.texts import find_line, read_span
from berufsbild.spans import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WRONG = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError)
_ABOUT = "about"


def write_doccano(texts: Iterable[GoldText], *, wide: bool = False) -> str:
    """Write gold as JSON lines for doccano, attributes under `meta`.

    Units: offsets in code points, or in UTF-16 units where `wide`.
    """
    lines = []
    for text in texts:
        spans = text.gold.spans
        carried = [as_item(span) for span in spans]
        meta = {"id": text.id, "spans": carried, _ABOUT: text.gold.about}
        labels = [[*_counted(text.text, span, wide=wide), str(span.label)] for span in spans]
        record = {"id": text.id, "text": text.text, "label": labels, "meta": meta}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines)


def write_label_studio(texts: Iterable[GoldText], *, wide: bool = False) -> str:
    """Write gold as tasks for Label Studio, attributes under each region's `meta`.

    Units: offsets in code points, or in UTF-16 units where `wide`.
    """
    tasks = []
    for text in texts:
        names = {"from_name": "label", "to_name": "text", "type": "labels"}
        result: list[dict[str, Any]] = []
        for number, span in enumerate(text.gold.spans, 1):
            start, end = _counted(text.text, span, wide=wide)
            value = {"start": start, "end": end, "text": span.text, "labels": [str(span.label)]}
            meta = {
                key: part
                for key, part in as_item(span).items()
                if key not in {"start", "end", "text"}
            }
            result.append({"id": f"{text.id}-T{number}", **names, "value": value, "meta": meta})
        for euro, target in text.gold.about:
            ends = {"from_id": result[euro]["id"], "to_id": result[target]["id"]}
            result.append({"type": "relation", **ends, "direction": "right", "labels": [_ABOUT]})
        data = {"id": text.id, "text": text.text}
        tasks.append({"data": data, "annotations": [{"result": result}]})
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _counted(text: str, span: GoldSpan, *, wide: bool) -> Spot:
    return (utf16(text, span.start), utf16(text, span.end)) if wide else (span.start, span.end)


def read_doccano(
    source: str, where: str, texts: Mapping[str, str], known: Mapping[str, Gold]
) -> Imported:
    """Read doccano's JSON lines, with `label` triples or with `entities`.

    Shape: `texts` and `known` gold by id; `where` names the file in problems.
    """
    tasks: list[Task] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            try:
                tasks.append(_doccano_task(_loads(line), number))
            except _WRONG:
                wanted = "a JSON object with text, label or entities, and meta as exported"
                problems.append((number, wanted, repr(line[:80])))
    return take_in(where, tasks, problems, texts, known)


def _doccano_task(item: Mapping[str, Any], line: int) -> Task:
    meta = item.get("meta") or item.get("metadata") or {}
    if isinstance(meta, str):
        meta = _loads(meta)
    task = Task(line, str(meta.get("id") or item.get("id", "")), str(item["text"]))
    entities = item.get("entities", item.get("label", item.get("labels", ())))
    task.marks = [_doccano_mark(entity, line) for entity in entities]
    carried = [read_span(one) for one in meta.get("spans", ())]
    keys: list[Key] = [(span.start, span.end, str(span.label)) for span in carried]
    task.carried = dict(zip(keys, carried, strict=True))
    if "relations" in item:
        task.relations = [
            (str(one["from_id"]), str(one["to_id"]))
            for one in item["relations"]
            if one.get("type", _ABOUT) == _ABOUT
        ]
    elif _ABOUT in meta:
        task.about = [(keys[int(euro)], keys[int(target)]) for euro, target in meta[_ABOUT]]
    return task


def _doccano_mark(entity: Any, line: int) -> Mark:  # noqa: ANN401 - any JSON value
    if isinstance(entity, dict):
        spot = (int(entity["start_offset"]), int(entity["end_offset"]))
        return Mark(str(entity["label"]), spot, line, str(entity.get("id", "")))
    start, end, label = entity
    return Mark(str(label), (int(start), int(end)), line)


def read_label_studio(
    source: str, where: str, texts: Mapping[str, str], known: Mapping[str, Gold]
) -> Imported:
    """Read the JSON export of Label Studio: tasks with their annotations.

    Shape: as in `read_doccano`. A task has one annotation that counts; tasks
        without any are `unlabelled`.
    """
    tasks: list[Task] = []
    problems: list[Problem] = []
    try:
        items = _loads(source)
        if not isinstance(items, list):
            raise TypeError(type(items).__name__)
    except _WRONG as error:
        line = getattr(error, "lineno", 1)
        return Imported({}, [f"{where}:{line}: expected a JSON list of tasks, got {error}"], ())
    for number, item in enumerate(items, 1):
        line = 1
        try:
            line = find_line(source, str(item["data"].get("id") or item.get("id", "")))
            tasks.append(_studio_task(item, source, line))
        except _WRONG as error:
            wanted = f"task {number} with data.text and one annotation"
            problems.append((line, wanted, str(error) or type(error).__name__))
    return take_in(where, tasks, problems, texts, known)


def _studio_task(item: Mapping[str, Any], source: str, line: int) -> Task:
    data = item["data"]
    task = Task(line, str(data.get("id", "")), str(data["text"]))
    counting = [one for one in item.get("annotations", ()) if not one.get("was_cancelled")]
    if len(counting) > 1:
        raise ValueError(f"{len(counting)} annotations")
    if not counting:
        task.marks = None
        return task
    marks: list[Mark] = []
    relations: list[tuple[str, str]] = []
    for one in counting[0]["result"]:
        if one.get("type") == "relation":
            if _ABOUT in (one.get("labels") or [_ABOUT]):
                relations.append((str(one["from_id"]), str(one["to_id"])))
        elif "labels" in one["value"]:
            marks.append(_studio_mark(one, find_line(source, str(one["id"]))))
    task.marks = marks
    if relations or any(mark.carried for mark in marks):
        task.relations = relations
    return task


def _studio_mark(one: Mapping[str, Any], line: int) -> Mark:
    value, meta = one["value"], one.get("meta") or {}
    (label,) = value["labels"]
    spot = (int(value["start"]), int(value["end"]))
    surface = value.get("text")
    carried = None
    if meta.get("label") == label and label in Label.__members__:
        carried = read_span({**meta, "start": 0, "end": 1, "text": ""})
    return Mark(str(label), spot, line, str(one["id"]), surface, carried)


def _loads(source: str) -> Any:  # noqa: ANN401 - any JSON value
    return json.loads(source, parse_int=Decimal, parse_float=Decimal)
