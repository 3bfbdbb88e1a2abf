"""Answers of forms that stand in a dialog: refused, the dialog comes again; done, the page behind it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def leave(request: HttpRequest, page: str, *, is_gone: bool = False) -> HttpResponse:
    """Go on to this page; from a dialog, back to the page that it lies over, unless that is gone."""
    if request.headers.get("HX-Target") == "dialogs":
        if is_gone:
            return HttpResponse(status=204, headers={"HX-Redirect": page})
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponseRedirect(page)
