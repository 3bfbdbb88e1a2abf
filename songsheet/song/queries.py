"""Reads of the song that other parts ask for."""

from songsheet.song.market.queries import Asked, question_for, questions

__all__ = ["Asked", "question_for", "questions"]
