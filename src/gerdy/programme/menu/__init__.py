"""The menu of a week: which exercises, at which dose, in which sessions, and why not others."""

from __future__ import annotations

from gerdy.programme.menu.compose import menu
from gerdy.programme.menu.menu import LeftOut, Menu, MenuItem, MenuSession
from gerdy.programme.menu.query import MenuQuery, of_judgement, of_standings

__all__ = ["LeftOut", "Menu", "MenuItem", "MenuQuery", "MenuSession", "menu", "of_judgement", "of_standings"]
