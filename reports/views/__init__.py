"""The pages of the reports: the list, asking, following, downloading, verifying."""

from reports.views.asking import AskView
from reports.views.listing import ReportsView
from reports.views.one import DownloadView, ReportView, RetryView
from reports.views.verifying import VerifyView

__all__ = ["AskView", "DownloadView", "ReportView", "ReportsView", "RetryView", "VerifyView"]
