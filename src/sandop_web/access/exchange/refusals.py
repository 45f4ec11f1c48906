"""Why a workbook that came back is not taken in: which rule, where, and what to do."""

from __future__ import annotations

from sandop.findings import Finding
from sandop.wording import LANGUAGES
from sandop_web.access.refusals import WebRefusal

_UNREADABLE = 400


class NotReadable(WebRefusal):
    """The file cannot be opened, or must not be."""

    message = "exchange.not_readable"
    status = _UNREADABLE

    @classmethod
    def of(cls, finding: Finding) -> NotReadable:
        """The refusal that says what was found in the file."""
        return cls(
            what={language: finding.text(language) for language in LANGUAGES},
            remedy={language: finding.remedy(language) for language in LANGUAGES},
        )


class NotOurFile(WebRefusal):
    """The workbook was not exported from a grid, or its hidden sheet is gone."""

    message = "exchange.not_our_file"
    status = _UNREADABLE


class DamagedKeys(WebRefusal):
    """The hidden sheet is not as it was written, or another server wrote it."""

    message = "exchange.damaged_keys"
    status = _UNREADABLE


class OtherCompany(WebRefusal):
    """The workbook belongs to another company."""

    message = "exchange.other_company"


class OtherVersion(WebRefusal):
    """The workbook belongs to another version of the plan."""

    message = "exchange.other_version"


class KeysMissing(WebRefusal):
    """The hidden column of the rows' keys, or the hidden row of the months, is gone."""

    message = "exchange.keys_missing"
    status = _UNREADABLE


class KeyTwice(WebRefusal):
    """A row or a month stands in the sheet twice."""

    message = "exchange.key_twice"
    status = _UNREADABLE


class KeyUnknown(WebRefusal):
    """A row names a key that the export did not give."""

    message = "exchange.key_unknown"
    status = _UNREADABLE


class RowAdded(WebRefusal):
    """Numbers stand in a row that was not exported."""

    message = "exchange.row_added"
    status = _UNREADABLE


class PeriodMissing(WebRefusal):
    """A month's column is gone."""

    message = "exchange.period_missing"
    status = _UNREADABLE


class NotNumbers(WebRefusal):
    """Cells hold something that is no number."""

    message = "exchange.not_numbers"
    status = _UNREADABLE


class TooManyCells(WebRefusal):
    """More cells differ than are looked through at once."""

    message = "exchange.too_many_cells"
    status = 413


class NothingDiffers(WebRefusal):
    """The workbook holds what it held when it went out."""

    message = "exchange.nothing_differs"
    status = _UNREADABLE


class ExchangeIsOver(WebRefusal):
    """The workbook has been accepted or discarded."""

    message = "exchange.is_over"


class NothingToAccept(WebRefusal):
    """No cell is ticked that could be taken."""

    message = "exchange.nothing_to_accept"
    status = _UNREADABLE
