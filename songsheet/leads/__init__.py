"""Leads: one buying interest of one person, with exactly one owner and one clock while it is open."""
