"""Gold as brat standoff: `T`, `A`, `N` and `R` lines in, and out again.

The parser never stops at the first problem: it keeps what is well formed and
tells everything else, so that the checker shows a whole file at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from berufsbild.corpus.gold import Attribute, Gold, GoldSpan
from berufsbild.german.normalise import slug
from berufsbild.spans import Label
from berufsbild.values import Bound, Level, Period, Purpose, SkillKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) (\d+) (\d+)\t(.+)")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\w+) (T\d+)(?: (.+))?")
_REFERENCE = re.compile(r"N\d+\tReference (T\d+) (\w+):([^\t ]+)\t(.+)")
_RELATION = re.compile(r"R\d+\tabout Arg1:(T\d+) Arg2:(T\d+)")
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
_SCHEMES = {
    "kldb": (Label.ROLE, re.compile(r"\d{4}"), "four digits"),
    "skill": (Label.SKILL, re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "a slug"),
    "geonames": (Label.PLACE, re.compile(r"[1-9]\d*"), "a GeoNames number"),
    "own": (Label.PLACE, re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "a slug"),
}
_UNSAID: dict[str, Attribute] = {"min": None, "max": None, "gross": None, "level": None}
_EURO_ORDER = ("min", "max", "bound", "period", "period_stated", "purpose", "gross", "level")
_FLAGS = {"optional": tuple(Label), "headline": (Label.ROLE, Label.PLACE)}

Problem = tuple[int, str, str]


def _flag(value: str | None) -> Attribute:
    if value is None:
        return True
    raise ValueError("no value")


def _one_of(names: tuple[str, ...]) -> Callable[[str | None], Attribute]:
    def read(value: str | None) -> Attribute:
        if value in names:
            return value
        raise ValueError("one of " + ", ".join(names))

    return read


def _truth(value: str | None) -> Attribute:
    if value in ("true", "false"):
        return value == "true"
    raise ValueError("true or false")


def _amount(value: str | None) -> Attribute:
    if value is not None and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise ValueError("a decimal number of euros such as 2400 or 16.50")


def _names(value: str | None) -> Attribute:
    names = tuple(name.strip() for name in (value or "").split("|"))
    if len(names) > 1 and all(names):
        return names
    raise ValueError("two or more names joined by |")


_READERS: dict[Label, dict[str, Callable[[str | None], Attribute]]] = {
    Label.EURO_RANGE: {
        "min": _amount,
        "max": _amount,
        "bound": _one_of(get_args(Bound)),
        "period": _one_of(get_args(Period)),
        "period_stated": _truth,
        "gross": _truth,
        "level": _one_of(get_args(Level)),
        "purpose": _one_of(get_args(Purpose)),
    },
    Label.ROLE: {"members": _names},
    Label.SKILL: {"kind": _one_of(get_args(SkillKind))},
    Label.PLACE: {"adjective": _flag},
}


@dataclass(slots=True)
class _Draft:
    line: int
    label: Label
    start: int
    end: int
    text: str
    attributes: dict[str, Attribute] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    about: dict[str, str] = field(default_factory=dict)


def parse_ann(source: str) -> tuple[Gold, list[Problem]]:
    """Read brat standoff into gold, and collect every malformed line.

    Shape: the gold of all well-formed lines, and `(line, expected, got)` for
        each of the others.
    """
    drafts: dict[str, _Draft] = {}
    problems: list[Problem] = []
    later: list[tuple[int, str]] = []
    for number, line in enumerate(source.split("\n"), 1):
        if line.startswith("T"):
            _text_bound(number, line, drafts, problems)
        elif line and not line.startswith("#"):
            later.append((number, line))
    pairs: list[tuple[_Draft, _Draft]] = []
    for number, line in later:
        if line[0] in "AM":
            _attribute(number, line, drafts, problems)
        elif line[0] == "N":
            _reference(number, line, drafts, problems)
    for number, line in later:
        if line[0] == "R":
            _relation(number, line, drafts, pairs, problems)
        elif line[0] not in "AMN":
            problems.append((number, "a line of kind T, A, N or R", repr(line)))
    ordered = sorted(drafts.values(), key=lambda draft: (draft.start, draft.end, draft.label))
    place = {id(draft): index for index, draft in enumerate(ordered)}
    about = sorted((place[id(euro)], place[id(target)]) for euro, target in pairs)
    problems.sort()
    return Gold(tuple(_finished(draft) for draft in ordered), tuple(about)), problems


def _text_bound(number: int, line: str, drafts: dict[str, _Draft], problems: list[Problem]) -> None:
    found = _TEXT_BOUND.fullmatch(line)
    if not found:
        problems.append((number, "T<n><TAB><label> <start> <end><TAB><surface>", repr(line)))
        return
    key, label, start, end, surface = found.groups()
    if key in drafts:
        problems.append((number, "a span number used once", key))
    elif label not in Label.__members__:
        problems.append((number, "one of " + ", ".join(Label), repr(label)))
    elif int(start) >= int(end):
        problems.append((number, "start before end", f"{start} {end}"))
    else:
        drafts[key] = _Draft(number, Label(label), int(start), int(end), surface)


def _attribute(number: int, line: str, drafts: dict[str, _Draft], problems: list[Problem]) -> None:
    found = _ATTRIBUTE.fullmatch(line)
    if not found:
        problems.append((number, "A<n><TAB><name> T<n> [<value>]", repr(line)))
        return
    name, key, value = found.groups()
    draft = drafts.get(key)
    if draft is None:
        problems.append((number, "an attribute of a known span", key))
        return
    known = {flag for flag, labels in _FLAGS.items() if draft.label in labels}
    readers = _READERS[draft.label]
    if name not in known and name not in readers:
        allowed = ", ".join([*readers, *sorted(known)])
        problems.append((number, f"an attribute of {draft.label} ({allowed})", repr(name)))
    elif name in draft.flags or name in draft.attributes:
        problems.append((number, f"one {name} for {key}", "a second one"))
    else:
        try:
            read = readers.get(name, _flag)(value)
        except ValueError as error:
            problems.append((number, f"{name}: {error}", repr(value)))
        else:
            if name in known:
                draft.flags.add(name)
            else:
                draft.attributes[name] = read


def _reference(number: int, line: str, drafts: dict[str, _Draft], problems: list[Problem]) -> None:
    found = _REFERENCE.fullmatch(line)
    if not found:
        problems.append((number, "N<n><TAB>Reference T<n> <scheme>:<id><TAB><name>", repr(line)))
        return
    key, scheme, code, name = found.groups()
    draft = drafts.get(key)
    if draft is None:
        problems.append((number, "a reference of a known span", key))
    elif scheme not in _SCHEMES or _SCHEMES[scheme][0] is not draft.label:
        schemes = " or ".join(word for word, rule in _SCHEMES.items() if rule[0] is draft.label)
        problems.append((number, f"{schemes or 'no reference'} for {draft.label}", repr(scheme)))
    elif not _SCHEMES[scheme][1].fullmatch(code):
        problems.append((number, f"{_SCHEMES[scheme][2]} after {scheme}:", repr(code)))
    elif "name" in draft.attributes:
        problems.append((number, f"one reference for {key}", "a second one"))
    elif draft.label is Label.ROLE:
        draft.attributes.update(id=slug(name), name=name, kldb=code)
    else:
        identity = code if draft.label is Label.SKILL else f"{scheme}:{code}"
        draft.attributes.update(id=identity, name=name)


def _relation(
    number: int,
    line: str,
    drafts: dict[str, _Draft],
    pairs: list[tuple[_Draft, _Draft]],
    problems: list[Problem],
) -> None:
    found = _RELATION.fullmatch(line)
    if not found:
        problems.append((number, "R<n><TAB>about Arg1:T<n> Arg2:T<n>", repr(line)))
        return
    euro, target = (drafts.get(key) for key in found.groups())
    if euro is None or target is None:
        problems.append((number, "a relation between known spans", " ".join(found.groups())))
    elif euro.label is not Label.EURO_RANGE or target.label not in (Label.ROLE, Label.PLACE):
        got = f"{euro.label} to {target.label}"
        problems.append((number, "EURO_RANGE about ROLE or PLACE", got))
    elif (kind := "role" if target.label is Label.ROLE else "place") in euro.about:
        problems.append((number, f"one {kind} for {found[1]}", "a second one"))
    else:
        euro.about[kind] = str(target.attributes.get("id", ""))
        pairs.append((euro, target))


def _finished(draft: _Draft) -> GoldSpan:
    attributes: dict[str, Attribute] = dict(draft.attributes)
    if draft.label is Label.EURO_RANGE and attributes:
        attributes = {**_UNSAID, **attributes}
    elif draft.label is Label.PLACE and "id" in attributes:
        attributes.setdefault("adjective", False)
    if draft.about:
        attributes["about"] = draft.about
    return GoldSpan(
        label=draft.label,
        start=draft.start,
        end=draft.end,
        text=draft.text,
        attributes=attributes,
        optional="optional" in draft.flags,
        headline="headline" in draft.flags,
        line=draft.line,
    )


def write_ann(gold: Gold) -> str:
    """Render gold as brat standoff, numbered in order of start."""
    order = sorted(range(len(gold.spans)), key=lambda at: _place(gold.spans[at]))
    keys = {at: f"T{number}" for number, at in enumerate(order, 1)}
    lines: list[str] = []
    attributes: list[str] = []
    references: list[str] = []
    for at in order:
        span = gold.spans[at]
        lines.append(f"{keys[at]}\t{span.label} {span.start} {span.end}\t{span.text}")
        attributes += [f"{name} {keys[at]}{value}" for name, value in _written(span)]
        if reference := _written_reference(span.attributes):
            references.append(f"Reference {keys[at]} {reference}")
    lines += [f"A{number}\t{line}" for number, line in enumerate(attributes, 1)]
    lines += [f"N{number}\t{line}" for number, line in enumerate(references, 1)]
    for number, (euro, target) in enumerate(sorted(gold.about), 1):
        lines.append(f"R{number}\tabout Arg1:{keys[euro]} Arg2:{keys[target]}")
    return "".join(line + "\n" for line in lines)


def _place(span: GoldSpan) -> tuple[int, int, str]:
    return (span.start, span.end, span.label)


def _written(span: GoldSpan) -> list[tuple[str, str]]:
    flags = [
        (name, "")
        for name, set_ in (("optional", span.optional), ("headline", span.headline))
        if set_
    ]
    values = span.attributes
    for name in (*_EURO_ORDER, "kind", "members", "adjective"):
        value = values.get(name)
        if name == "adjective":
            flags += [(name, "")] if value else []
        elif isinstance(value, bool):
            flags.append((name, " true" if value else " false"))
        elif isinstance(value, tuple):
            flags.append((name, " " + "|".join(value)))
        elif value is not None:
            flags.append((name, f" {value}"))
    return flags


def _written_reference(values: Mapping[str, Attribute]) -> str | None:
    if "name" not in values:
        return None
    if "kldb" in values:
        return f"kldb:{values['kldb']}\t{values['name']}"
    identity = str(values["id"])
    return f"{identity if ':' in identity else 'skill:' + identity}\t{values['name']}"
