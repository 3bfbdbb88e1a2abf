"""The API described: problems have their own content type, and each answer is described once."""

from typing import Any, ClassVar

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema


class Description(OpenAPISchema):
    """OpenAPI 3.1. The same answer of a hundred operations is described once, not each time anew."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._answers: dict[Any, tuple[dict[str, Any], bool]] = {}
        super().__init__(api, path_prefix)

    def _create_schema_from_model(self, model: Any, *given: Any, **more: Any) -> tuple[dict[str, Any], bool]:
        if list(model.model_fields) != ["response"]:
            return super()._create_schema_from_model(model, *given, **more)
        asked = (model.model_fields["response"].annotation, given, *sorted(more.items()))
        if asked not in self._answers:
            self._answers[asked] = super()._create_schema_from_model(model, *given, **more)
        return self._answers[asked]

    def responses(self, operation: Any) -> dict[int, dict[str, Any]]:
        """Every answer from 400 on has the content type it is sent with."""
        found: dict[int, dict[str, Any]] = super().responses(operation)
        for status, answer in found.items():
            if int(status) >= 400 and "application/json" in answer.get("content", {}):
                answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
        return found


class HouseAPI(NinjaAPI):
    """The API, described by a Description, made once a process."""

    _described: ClassVar[dict[str, Description]] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """What stands at /api/v1/openapi.json."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._described:
            self._described[prefix] = Description(self, prefix)
        return self._described[prefix]
