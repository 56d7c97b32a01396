"""Reading one file out of a posted form piece by piece, without keeping it in memory."""

from collections.abc import AsyncGenerator

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from casetasks_app.errors import CaseTasksError


class NotAForm(CaseTasksError):
    """The file did not arrive as expected. Try again."""


class FileForm:
    """The first file of a `multipart/form-data` request; other fields are skipped."""

    def __init__(self, request: Request) -> None:
        """Take the request; raises NotAForm when it is no such form."""
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise NotAForm
        self._request = request
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_ends,
                "on_part_data": self._part_goes_on,
                "on_part_end": self._part_ends,
            },
        )
        self.name = ""
        self._header: list[bytes] = [b"", b""]
        self._is_file = False
        self._pieces: list[bytes] = []

    async def pieces(self) -> AsyncGenerator[bytes]:
        """Give the file's content as it arrives; `name` is known with the first piece. Raises NotAForm."""
        try:
            async for chunk in self._request.stream():
                self._parser.write(chunk)
                if self._pieces:
                    arrived, self._pieces = b"".join(self._pieces), []
                    yield arrived
        except MultipartParseError as error:
            raise NotAForm from error

    def _part_begins(self) -> None:
        self._header = [b"", b""]

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _header_ends(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition" and not self.name:
            _, options = parse_options_header(value)
            self.name = options.get(b"filename", b"").decode("utf-8", errors="replace")
            self._is_file = bool(self.name)
        self._header = [b"", b""]

    def _part_goes_on(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._pieces.append(data[start:end])

    def _part_ends(self) -> None:
        self._is_file = False
