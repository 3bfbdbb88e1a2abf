"""The components as plain functions: templates reach them as tags, lists and events call them from Python."""
