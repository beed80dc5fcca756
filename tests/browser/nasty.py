"""A text that breaks pages which escape too little, with gold and a record."""

from __future__ import annotations

from berufsbild.corpus import Gold, GoldSpan, GoldText
from berufsbild.spans import Label

ID = "a nasty<id>&\"'"
NASTY = (
    "Köchin 😀 in <b>Gera</b>\r\n"
    '</script><script>window.broken=1</script><img src=x onerror="window.broken=2">\n'
    "Gesucht: Excel, {{ 7*7 }} & SAP' für 2.400 € im Monat. <!-- <style>*{display:none}</style>\n"
)


def at(surface):
    start = NASTY.index(surface)
    return start, start + len(surface)


def nasty_gold(id=ID, split="dev", **meta):
    spans = (
        GoldSpan(Label.ROLE, *at("Köchin"), "Köchin", {"id": "<i>koch</i>"}),
        GoldSpan(Label.PLACE, *at("Gera"), "Gera", {}),
        GoldSpan(Label.SKILL, *at("Excel"), "Excel", {}, optional=True),
        GoldSpan(Label.SKILL, *at("SAP"), "SAP", {"id": "sap"}),
        GoldSpan(Label.EURO_RANGE, *at("2.400 €"), "2.400 €", {"period": "month"}),
    )
    return GoldText(id, NASTY, Gold(spans), split, {"voice": "loud", **meta})


def nasty_record(id=ID):
    def span(label, surface, **value):
        start, end = at(surface)
        return {
            "label": label,
            "start": start,
            "end": end,
            "rule": f"{label.lower()}.<b>",
            "value": value,
        }

    return {
        "id": id,
        "spans": [
            span("ROLE", "Köchin", id="x", name="<script>"),
            span("SKILL", "Gera"),
            span("SKILL", "& SAP' für"),
            span("EURO_RANGE", "2.400 €", period="year"),
            span("SKILL", "script", id="</script>"),
        ],
    }
