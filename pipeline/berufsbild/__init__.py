"""Berufsbild reads German job-profile prose and returns it as data.

>>> import berufsbild
>>> extract = berufsbild.load()
>>> extract("Beruf IT Manager in Duisburg").profile.place.name
'Duisburg'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from berufsbild.errors import BerufsbildError, DataError, InputError
    from berufsbild.extraction import Extraction, Failure, Profile
    from berufsbild.extractor import Extractor, load
    from berufsbild.params import Params
    from berufsbild.spans import Label, Span
    from berufsbild.values import EuroRange, Place, Role, Skill

__version__ = "0.1.0"

__all__ = [
    "BerufsbildError",
    "DataError",
    "EuroRange",
    "Extraction",
    "Extractor",
    "Failure",
    "InputError",
    "Label",
    "Params",
    "Place",
    "Profile",
    "Role",
    "Skill",
    "Span",
    "load",
]

_HOMES = {
    **dict.fromkeys(("BerufsbildError", "DataError", "InputError"), "errors"),
    **dict.fromkeys(("Extraction", "Failure", "Profile"), "extraction"),
    **dict.fromkeys(("Extractor", "load"), "extractor"),
    "Params": "params",
    **dict.fromkeys(("Label", "Span"), "spans"),
    **dict.fromkeys(("EuroRange", "Place", "Role", "Skill"), "values"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds under that name
    """Import a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
