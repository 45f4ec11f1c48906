"""Workbooks that leave the grid and come back.

brought    what a workbook holds otherwise than when it went out
standing   how each of these numbers stands against the plan as it is now
"""
