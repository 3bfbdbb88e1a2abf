"""The pages of imports: the list, sending files, looking at them, progress, the report."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.pages import Empty, list_page
from songsheet.imports import drafts
from songsheet.imports.errors import FileTooLarge, NoRejects
from songsheet.imports.listing import IMPORTS
from songsheet.imports.mapping import Mapping
from songsheet.imports.models import Import
from songsheet.imports.queries import import_for, people_like_others
from songsheet.imports.rejects import first_rows, safe_for_spreadsheets
from songsheet.imports.reports import left_of, share_of, whole_of
from songsheet.imports.setup import context_of, said_in
from songsheet.imports.store import MOST_BYTES, rejects_path
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right

NONE_YET = Empty(
    _("No imports yet"),
    _("Here stands what was brought in from other systems. Each import can be undone as a whole."),
    _("Import files"),
    "/imports/new",
)


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The list of imports."""
    return list_page(request, IMPORTS, acting_on(request), empty=NONE_YET, template="imports/list.html")


@csrf_exempt
def new(request: HttpRequest) -> HttpResponse:
    """Where files are dropped. What is too large is refused before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise FileTooLarge(
            "The files are larger than 2 GB together. Send them one by one, or use the command line."
        )
    return _new(request)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    acting_on(request).must(Right.IMPORT)
    if request.method != "POST":
        return render(request, "imports/new.html", {"crumbs": _crumbs(_("Import files"))})
    sent = [(file.name or "file", file.chunks()) for file in request.FILES.getlist("files")]
    run = drafts.receive(sent, by=acting_on(request), at=time_on(request))
    return redirect("import", key=run.key)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One import: the look at a draft, progress, or the report."""
    run = import_for(acting_on(request), key)
    asks_how_far = request.headers.get("HX-Target") == "progress"
    if asks_how_far and not run.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if run.state == Import.State.DRAFT:
        return render(
            request, "imports/draft.html", context_of(drafts.look(run)) | {"crumbs": _crumbs(str(run))}
        )
    return render(request, f"imports/import.html{'#progress' if asks_how_far else ''}", _report(run))


@require_POST
def setup(request: HttpRequest, key: str) -> HttpResponse:
    """Decide something about a draft; the page shows what becomes of it."""
    viewer = acting_on(request)
    draft = drafts.look(import_for(viewer, key))
    run = drafts.say(key, said_in(request.POST.dict(), draft), by=viewer)
    if request.headers.get("HX-Target") == "setup":
        return render(request, "imports/draft.html#setup", context_of(drafts.look(run)))
    return redirect("import", key=key)


@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Make a dry run."""
    drafts.check(key, by=acting_on(request))
    return redirect("import", key=key)


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Import the files of a draft."""
    drafts.start(key, by=acting_on(request), at=time_on(request))
    return redirect("import", key=key)


@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Go on with an import that failed."""
    drafts.run_again(key, by=acting_on(request))
    return redirect("import", key=key)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo an import as a whole."""
    drafts.undo(key, by=acting_on(request))
    return redirect("import", key=key)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    drafts.discard(key, by=acting_on(request))
    messages.success(request, _("The files were thrown away; nothing was imported."))
    return redirect("imports")


@require_safe
def rejected(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The rejected rows as a file, safe to open in a spreadsheet."""
    run = import_for(acting_on(request), key)
    path = rejects_path(run.key)
    if not run.rejects_size or not path.exists():
        raise NoRejects("No row of this import was rejected, so there is no file of them.")
    lines = (line.encode() for line in safe_for_spreadsheets(path))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{run.key}.csv"'
    return answer


@require_safe
def mapping(request: HttpRequest, key: str) -> HttpResponse:
    """The mapping as TOML, to be used again with --map."""
    run = import_for(acting_on(request), key)
    is_draft = run.state == Import.State.DRAFT
    said = drafts.look(run).mapping if is_draft else Mapping.of(run.mapping)
    answer = HttpResponse(said.dumps(), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{Path(said.name).name}.toml"'
    return answer


def _report(run: Import) -> dict[str, object]:
    return {
        "run": run,
        "crumbs": _crumbs(str(run)),
        "left": left_of(run),
        "done": round(1000 * share_of(run)),
        "whole": whole_of(run),
        "kinds": sorted(run.by_kind.items()),
        "files": run.files.order_by("position"),
        "rejects": first_rows(rejects_path(run.key), run.rejects_size, 20) if run.rejected else [],
        "stays": (run.undo or {}).get("stays", [])[:100],
        "like_others": people_like_others(run) if run.state == Import.State.FINISHED else 0,
    }


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Imports"), "url": "/imports"}, {"label": label, "url": ""}]
