"""Narratives: true tellings with a problem, a turning point and an outcome, made of claims."""
