"""Backups: taken under load, verified by being restored, and put back with the erasures since."""
