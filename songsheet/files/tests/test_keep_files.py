"""Bytes kept once, under names that mislead nobody, never interpreted; gone when nothing owns them."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from songsheet.files import store
from songsheet.files.actions import forget_strays, forget_unheld, keep
from songsheet.files.errors import FileIsEmpty, FileIsMissing, FileTooLarge, NoRoom
from songsheet.files.models import Blob
from songsheet.files.names import clean_name
from songsheet.files.serving import download
from songsheet.files.sniffing import type_of
from songsheet.journal.check import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    default_storage.path("x")  # so that there is something to put back
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path / "files"))
    return tmp_path


@pytest.fixture
def kept(own_database: str, home: Path) -> Path:
    return home / "files"


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", b"\0" * 20_000_000)
    return packed.getvalue()


HOSTILE = {
    "image/svg+xml": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "text/html": b"\n <!-- x --> <!DOCTYPE html><script>alert(1)</script>",
    "image/gif": b"GIF89a/*<script>alert(1)</script>*/=1;",
    "application/pdf": b"%PDF-1.7 /OpenAction << /JS (app.alert(1)) >> <html><script>alert(1)</script>",
    "application/zip": bomb(),
    "application/octet-stream": b"MZ\x90\x00\x03 this is a program",
}


def sent(content: bytes, name: str = "x.png") -> Any:
    return ContentFile(content, name)


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_kept_as_bytes_and_sent_as_a_file_to_save(
    kind: str, kept: Path, at: datetime
) -> None:
    blob = keep(sent(HOSTILE[kind]), at=at)
    assert blob.type == kind
    answer: Any = download(blob, 'a"b\r\n<ü>.html')
    assert b"".join(answer.streaming_content) == HOSTILE[kind]
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/octet-stream"


def test_the_name_and_the_browser_are_not_believed() -> None:
    assert type_of(b"\x89PNG\r\n\x1a\n") == "image/png"
    assert type_of("Größe und <b>Farbe</b>\n".encode()) == "text/plain"
    assert type_of("ü".encode()[:1] + b"\xff\xfe" * 9) == "application/octet-stream"
    assert type_of(b"junk %PDF-1.4") == "text/plain"
    assert type_of(b'<?xml version="1.0"?><svg/>') == "image/svg+xml"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\offer.pdf", "offer.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("con.txt", "_con.txt"),
        ("...", "file"),
        ("", "file"),
        ("<b>.svg", "_b_.svg"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_mislead_nobody(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_the_same_bytes_are_stored_once_and_checked(kept: Path, at: datetime) -> None:
    first, again = keep(sent(b"the offer"), at=at), keep(sent(b"the offer", "other.txt"), at=at)
    other = keep(sent(b"another"), at=at)
    assert first == again
    assert Blob.objects.count() == 2
    assert len([path for path in kept.rglob("*") if path.is_file()]) == 2
    assert run(full=True, only=["I7"]) == []
    path = kept / first.place
    path.write_bytes(b"the 0ffer")
    (kept / other.place).unlink()
    (kept / "blobs" / "zz").mkdir()
    (kept / "blobs" / "zz" / "fresh").write_bytes(b"on its way")
    assert {one.subject for one in run(full=True, only=["I7"])} == {first.key, other.key}
    with pytest.raises(FileIsMissing):
        download(other, "x")


def test_bounds_hold(kept: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_BYTES", 1000)
    with pytest.raises(FileIsEmpty):
        keep(sent(b""), at=at)
    with pytest.raises(FileTooLarge):
        keep(sent(b"x" * 1001), at=at)

    def full(*given: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(NoRoom):
        keep(sent(b"x"), at=at)


def test_what_nobody_owns_goes_and_what_is_on_its_way_stays(kept: Path, at: datetime) -> None:
    blob = keep(sent(b"nobody's"), at=at)
    stray = kept / "blobs" / "aa" / "stray"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left by a killed process")
    written = store.written_at("blobs/aa/stray")
    assert forget_strays(written + timedelta(hours=23)) == 0
    assert forget_strays(written + timedelta(hours=25)) == 1
    assert (kept / blob.place).exists()
    assert (forget_unheld(), forget_unheld()) == (1, 0)
    assert not (kept / blob.place).exists()
    assert not Blob.objects.exists()
