"""What each member has to do in a week against what they have time for, and what could move to whom."""
