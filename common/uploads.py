"""What may be uploaded: a short list of document types, told by their content as well as their name."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from common.errors import DomainError

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Extension → how the file begins. No HTML and no SVG: a browser would run what they carry.
SIGNATURES = {
    ".pdf": b"%PDF-",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".pptx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".odp": _ZIP,
    ".doc": _OLD_OFFICE,
    ".xls": _OLD_OFFICE,
    ".ppt": _OLD_OFFICE,
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
ACCEPT = ",".join(SIGNATURES)


class LimitedUpload(FileUploadHandler):
    """Stops reading an upload that is too large, before it fills the disk: anybody may post anything.

    The form then finds no file; `too_large(request)` tells it why.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES + 1:
            request: Any = self.request
            request.upload_too_large = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler keeps the file."""


def limit() -> str:
    """How large a document may be: « 20 Mo »."""
    return f"{settings.UPLOAD_MAX_BYTES // 1024**2} Mo"


def too_large(request: HttpRequest) -> bool:
    """Whether an upload of this request was cut off."""
    return getattr(request, "upload_too_large", False)


def check_document(file: UploadedFile) -> str:
    """The name under which to keep an uploaded document.

    Raises DomainError when it is empty, too large, of a type that is not accepted, or not what its name says.
    """
    name = PurePath(file.name or "document").name[-200:]
    extension = PurePath(name).suffix.lower()
    if not file.size:
        raise DomainError(f"« {name} » est vide.", field="file")
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise DomainError(f"« {name} » dépasse {limit()}.", field="file")
    if extension not in SIGNATURES:
        raise DomainError(
            f"« {name} » n’est pas d’un type accepté : déposez un PDF, un document de bureautique ou une image.",
            field="file",
        )
    start = file.read(16)
    file.seek(0)
    if not start.startswith(SIGNATURES[extension]):
        raise DomainError(f"« {name} » n’est pas un vrai fichier {extension[1:].upper()}.", field="file")
    return name
