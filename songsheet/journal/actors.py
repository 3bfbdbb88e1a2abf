"""Who does things: typed, stored as a text key."""

from dataclasses import dataclass
from typing import Literal, Self

ActorKind = Literal["member", "key", "system", "buyer", "import"]
_KIND_OF_PREFIX: dict[str, ActorKind] = {
    "member": "member",
    "key": "key",
    "system": "system",
    "import": "import",
    "person": "buyer",
    "link": "buyer",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A member, an API key, a part of the system, a buyer (by person or link) or an import."""

    kind: ActorKind
    key: str

    def __post_init__(self) -> None:
        if _KIND_OF_PREFIX.get(self.key.partition("_")[0]) != self.kind:
            raise ValueError(f"{self.key!r} is not the key of a {self.kind}")

    @classmethod
    def of(cls, key: str) -> Self:
        """The actor behind a stored text key."""
        kind = _KIND_OF_PREFIX.get(key.partition("_")[0])
        if kind is None:
            raise ValueError(f"{key!r} is nobody's key")
        return cls(kind, key)

    def __str__(self) -> str:
        return self.key


def system(process: str) -> Actor:
    """A part of the system acting by itself, such as `system_worker`."""
    return Actor("system", f"system_{process}")
