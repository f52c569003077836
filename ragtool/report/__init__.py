"""The report and the panels' reports: decided results laid out as workbooks."""

from ragtool.report.report_workbook import write_panel_report, write_report

__all__ = ["write_panel_report", "write_report"]
