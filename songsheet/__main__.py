"""python -m songsheet: the command line."""

from songsheet.config.cli import main

main()
