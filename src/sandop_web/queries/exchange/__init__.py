"""Workbooks that leave the grid (`exporting`), come back (`bringing`), and are looked through (`reviewing`).

keys       what a file says of itself: whose it is, which row is which cell, what each held
sheet      the worksheet that people see
bringing   the file read again: what differs
reviewing  what waits, and how it stands against the plan
"""
