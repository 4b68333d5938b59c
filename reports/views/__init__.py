"""The pages of the reports: the list, asking, following, downloading, verifying."""

from reports.views.asking import AskView
from reports.views.listing import ReportsView
from reports.views.one import DownloadView, ReportView, RetryView
from reports.views.structures import (
    AskAnalysisView,
    AskFiguresView,
    AskMatrixView,
    StructureDownloadView,
    StructureReportsView,
    StructureReportView,
    StructureRetryView,
)
from reports.views.verifying import VerifyView

__all__ = [
    "AskAnalysisView",
    "AskFiguresView",
    "AskMatrixView",
    "AskView",
    "DownloadView",
    "ReportView",
    "ReportsView",
    "RetryView",
    "StructureDownloadView",
    "StructureReportView",
    "StructureReportsView",
    "StructureRetryView",
    "VerifyView",
]
