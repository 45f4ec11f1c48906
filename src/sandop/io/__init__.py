"""Plan folder, Excel workbook, results and approved versions: in and out, with every problem found at once."""

from sandop.io.assemble import Content, Loaded
from sandop.io.beginnings import write_template, write_template_workbook, write_vintages
from sandop.io.checking import check
from sandop.io.folder import read_folder
from sandop.io.folder_writer import FolderIsNotEmpty, write_folder
from sandop.io.ledger import Ledger
from sandop.io.reference import Entry, plan_folder_reference, reference
from sandop.io.results import ResultsRead, read_results, write_results
from sandop.io.version_hash import version_hash
from sandop.io.versions import (
    NoSuchVersion,
    NothingApproved,
    SeveralVersions,
    Version,
    VersionDamaged,
    last_approved,
    publish,
    read_version,
    version_in_force,
    version_names,
)
from sandop.io.workbook import read_workbook
from sandop.io.workbook_scan import Limits, escapes_folder, scan_workbook
from sandop.io.workbook_writer import write_workbook

__all__ = [
    "Content",
    "Entry",
    "FolderIsNotEmpty",
    "Ledger",
    "Limits",
    "Loaded",
    "NoSuchVersion",
    "NothingApproved",
    "ResultsRead",
    "SeveralVersions",
    "Version",
    "VersionDamaged",
    "check",
    "escapes_folder",
    "last_approved",
    "plan_folder_reference",
    "publish",
    "read_folder",
    "read_results",
    "read_version",
    "read_workbook",
    "reference",
    "scan_workbook",
    "version_hash",
    "version_in_force",
    "version_names",
    "write_folder",
    "write_results",
    "write_template",
    "write_template_workbook",
    "write_vintages",
    "write_workbook",
]
