"""Processes that move several parts, one readable file each."""
