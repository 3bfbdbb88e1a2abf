"""Cells become values: one parser per column, decided once; what cannot be read says why in a sentence."""

from songsheet.imports.values.bad import Bad, Memo
from songsheet.imports.values.options import Options
from songsheet.imports.values.parsers import PARSERS, parser_of

__all__ = ["PARSERS", "Bad", "Memo", "Options", "parser_of"]
