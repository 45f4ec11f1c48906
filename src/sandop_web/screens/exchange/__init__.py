"""The grid as a workbook: taken out, brought back, looked through."""
