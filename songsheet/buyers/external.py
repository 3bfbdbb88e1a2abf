"""What other systems call people and companies: checked, and written many at once."""

from collections.abc import Sequence

from songsheet.base import bulk


def external_fault(external: tuple[str, str] | None) -> tuple[str, str] | None:
    """Why an external id cannot be kept, and in which column."""
    if external is None:
        return None
    system, external_id = external
    if not system or not external_id:
        return "An external id needs the system and the id. Give both or neither.", "external"
    if len(system) > 60 or len(external_id) > 200 or "\x00" in system + external_id:
        return "The external id is longer than 200 characters or holds a NUL. Shorten it.", "external"
    return None


def copy_externals(kind: str, lines: Sequence[tuple[int, str, str]]) -> None:
    """Keep (id, system, external id) of new names of people or companies."""
    bulk.copy_in(
        "buyers_externalid",
        [f"{kind}_id", "kind", "system", "external_id"],
        [(id_, kind, system, external_id) for id_, system, external_id in lines],
    )
