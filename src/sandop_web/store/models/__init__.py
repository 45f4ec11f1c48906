"""Every table of the workbench, by subject: people, plans, the cycle, decisions, jobs."""

from sandop_web.store.models.cycle import (
    Cycle,
    CycleStep,
    DayEdit,
    LateInput,
    Restatement,
    StepEvent,
    StepInput,
    TableQuality,
    Tick,
)
from sandop_web.store.models.decision import (
    ActionItem,
    Alternative,
    Decision,
    DecisionEvent,
    Notice,
    Outgoing,
    Signature,
)
from sandop_web.store.models.exchange import Exchange, ExchangeCell
from sandop_web.store.models.grid import AmendedReason, CellComment, GridBatch
from sandop_web.store.models.grid_views import SavedGridView
from sandop_web.store.models.job import Chore, Document, Job, JobLine
from sandop_web.store.models.meeting import Attendance, CutAnswer, FamilyAgreement, MinuteLine
from sandop_web.store.models.packet import Packet, PacketReceipt
from sandop_web.store.models.people import Company, Deed, Member, Token, User
from sandop_web.store.models.plan import Change, Chunk, Entry, MasterChange, MasterRow, Version

__all__ = [
    "ActionItem",
    "Alternative",
    "AmendedReason",
    "Attendance",
    "CellComment",
    "Change",
    "Chore",
    "Chunk",
    "Company",
    "CutAnswer",
    "Cycle",
    "CycleStep",
    "DayEdit",
    "Decision",
    "DecisionEvent",
    "Deed",
    "Document",
    "Entry",
    "Exchange",
    "ExchangeCell",
    "FamilyAgreement",
    "GridBatch",
    "Job",
    "JobLine",
    "LateInput",
    "MasterChange",
    "MasterRow",
    "Member",
    "MinuteLine",
    "Notice",
    "Outgoing",
    "Packet",
    "PacketReceipt",
    "Restatement",
    "SavedGridView",
    "Signature",
    "StepEvent",
    "StepInput",
    "TableQuality",
    "Tick",
    "Token",
    "User",
    "Version",
]
