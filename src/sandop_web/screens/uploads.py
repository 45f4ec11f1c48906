"""A file that is larger than the workbench takes is not kept while it comes in: the page then refuses it in words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest

from sandop_web.access import NotUnderstood
from sandop_web.actions.documents import FileIsEmpty, require_size

_FORM = 64 * 1024  # bytes of a form around its file
_MARK = "sandop_upload_size"


class WithinTheLimit(MemoryFileUploadHandler):
    """Keeps a small file in memory, as usual; of a request that is larger than any file may be it keeps no file, and
    the request remembers its size."""

    _length = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self._length = content_length
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._length > settings.UPLOAD_LIMIT + _FORM:
            setattr(self.request, _MARK, self._length)
            raise SkipFile
        super().new_file(*args, **kwargs)


def uploaded(request: HttpRequest, field: str) -> tuple[str, bytes]:
    """Name and content of the file in a field of a form. Raises FileTooLarge, FileIsEmpty, NotUnderstood."""
    file: UploadedFile[Any] | None = request.FILES.get(field)
    require_size(getattr(request, _MARK, 0))
    if file is None:
        raise FileIsEmpty() if field not in request.POST else NotUnderstood(field=field, value="", wanted="file")
    return file.name or "", file.read()
