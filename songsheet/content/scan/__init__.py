"""Claims that stand in a text without being declared, and words that the facts contradict."""

from songsheet.content.scan.scanner import scan
from songsheet.content.scan.song import Claim, Fact, Kind, Proposal, Song

__all__ = ["Claim", "Fact", "Kind", "Proposal", "Song", "scan"]
