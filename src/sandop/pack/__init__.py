"""What the meeting reads: pages as values (sentences, tables, charts), written as an Excel workbook."""

from sandop.pack.pack import make_pack, write_pack
from sandop.pack.page import Pack, Page

__all__ = ["Pack", "Page", "make_pack", "write_pack"]
