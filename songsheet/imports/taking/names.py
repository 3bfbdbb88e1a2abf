"""What a column of ours is called in the file that it comes from."""

from songsheet.imports.mapping import Record, columns_of


def named_columns(record: Record, ours: str) -> str:
    """The file's name of the column behind a field of ours; our own name where the file has none."""
    name = ours.removesuffix("_id")
    if name == "external":
        return ", ".join(_first(spellings) for spellings in record.id.columns)
    if name in record.links:
        return _first(record.links[name].column)
    said = record.fields.get(name)
    found = [_first(column.column) for column in columns_of(said) if column.column] if said else []
    return ", ".join(found) or name


def _first(spellings: str | list[str]) -> str:
    return spellings if isinstance(spellings, str) else spellings[0]
