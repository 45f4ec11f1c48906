"""A file that is larger than the workbench takes is not kept while it comes in: the page then refuses it in words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from sandop_web.access import NotUnderstood
from sandop_web.actions.documents import FileIsEmpty, require_size

_MARK = "sandop_upload_size"


class WithinTheLimit(FileUploadHandler):
    """Counts the bytes of each file as they come; one above the limit is dropped, and the request remembers it."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._size = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._size += len(raw_data)
        if self._size > settings.UPLOAD_LIMIT:
            setattr(self.request, _MARK, self._size)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def uploaded(request: HttpRequest, field: str) -> tuple[str, bytes]:
    """Name and content of the file in a field of a form. Raises FileTooLarge, FileIsEmpty, NotUnderstood."""
    file: UploadedFile[Any] | None = request.FILES.get(field)
    require_size(getattr(request, _MARK, 0))
    if file is None:
        raise FileIsEmpty() if field not in request.POST else NotUnderstood(field=field, value="", wanted="file")
    return file.name or "", file.read()
