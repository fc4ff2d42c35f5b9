"""Places where a package above adds to pages below: the menu, the member's page, an import's receipt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask, current_app, request, url_for
from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A word in the menu; ``shown`` says whether this reader may use it. ``also``: blueprints whose pages
    belong under it, besides its own.
    """

    label: Any
    endpoint: str
    shown: Callable[[], bool]
    position: int = 50
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def current(self) -> bool:
        return request.blueprint in (self.endpoint.partition(".")[0], *self.also)


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the member's page: a template and what it needs, given the member."""

    template: str
    context: Callable[[Any], dict[str, Any]]
    position: int = 50


@dataclass(slots=True)
class Slots:
    """What has been added to this application.

    ``after_import`` are next steps once a list is read in. ``member_ties`` select the ids of members of whom
    a package above keeps records, so that undoing an import leaves them.
    """

    menu: list[MenuEntry] = field(default_factory=list)
    member_panels: list[Panel] = field(default_factory=list)
    after_import: list[MenuEntry] = field(default_factory=list)
    member_ties: list[Callable[[], Select[UUID]]] = field(default_factory=list)


def slots_of(app: Flask) -> Slots:
    """The slots of an application, made at first use."""
    slots: Slots = app.extensions.setdefault("slots", Slots())
    return slots


def menu() -> list[MenuEntry]:
    """The entries this reader may use, in order."""
    entries = [entry for entry in slots_of(current_app).menu if entry.shown()]
    return sorted(entries, key=lambda entry: entry.position)


def member_panels(member: Any) -> list[tuple[str, dict[str, Any]]]:
    """Templates with their context for one member's page."""
    panels = sorted(slots_of(current_app).member_panels, key=lambda panel: panel.position)
    return [(panel.template, panel.context(member)) for panel in panels]


def after_import() -> MenuEntry | None:
    """What this reader may do next with members just read in."""
    entries = [entry for entry in slots_of(current_app).after_import if entry.shown()]
    return min(entries, key=lambda entry: entry.position, default=None)


def member_ties() -> list[Select[UUID]]:
    """Members of whom packages above keep records, as selects of their ids."""
    return [ties() for ties in slots_of(current_app).member_ties]
