"""The API of deals."""

from ninja import Router

router = Router(tags=["deals"])
