"""Leads and deals by hand, on the page of a buyer: noted, opened, given a next step, ended and taken back."""
