"""What a wheel of Songsheet depends on: the same list that the hashed requirements are compiled from."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RequirementsHook(MetadataHookInterface):
    """Reads the dependencies from requirements.in, so that they stand in one place."""

    def update(self, metadata: dict[str, object]) -> None:
        lines = Path(self.root, "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
