"""Where buyers met us first, by the question that they had; and the questions with which nobody finds us."""
