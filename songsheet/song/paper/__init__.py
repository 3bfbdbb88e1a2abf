"""The song on paper: a folder of readable files that can live in version control."""
