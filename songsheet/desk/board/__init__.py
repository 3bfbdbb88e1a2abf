"""Leads by state and deals by stage as columns of cards that are moved."""
