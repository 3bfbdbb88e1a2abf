"""Pairs of records of which it is known whether they are one: written by hand, and made with a fixed seed."""
