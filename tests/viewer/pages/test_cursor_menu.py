"""View, Cursor: what the player chooses is told to the agent, and kept."""

from __future__ import annotations

from types import SimpleNamespace

from livefollow.viewer.window import MainWindow


class Gliding(SimpleNamespace):
    """As much of an agent as the menu knows."""

    glides = True
    can_glide = True


def test_the_choice_is_told_to_this_agent_and_the_next(window: MainWindow) -> None:
    first, second = Gliding(), Gliding()
    window.openings.ready.emit(first)
    window.menus.actions["cursor.notes"].trigger()
    assert not first.glides
    window.openings.ready.emit(second)
    assert not second.glides
    assert window.preferences.values.cursor == "notes"
    window.menus.actions["cursor.glides"].trigger()
    assert second.glides


def test_there_is_nothing_to_choose_where_no_cursor_was_learned(window: MainWindow) -> None:
    alone = Gliding(can_glide=False)
    window.openings.ready.emit(alone)
    menu = window.menus.actions["cursor.notes"].associatedObjects()[0]
    assert not menu.isEnabled()
    window.menus.actions["cursor.notes"].trigger()
    assert alone.glides
