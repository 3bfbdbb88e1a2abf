"""One buyer's story: the entries about a person and about their leads and deals, as sentences."""

from songsheet.desk.story.read import NoSuchBuyer, Story, person_behind, story_for, story_of_person

__all__ = ["NoSuchBuyer", "Story", "person_behind", "story_for", "story_of_person"]
