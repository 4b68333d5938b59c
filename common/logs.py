"""What the logs say, and what they keep quiet."""

import logging
import re

from common.middleware import current_request_id

# A path segment this long is a token that still opens something (invitation, password reset).
_TOKEN = re.compile(r"(?<=/)[\w:.~-]{40,}")


class RequestIdFilter(logging.Filter):
    """Give each record the id of the request (or « - » outside one), and hide the tokens of addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id.get()
        if isinstance(record.args, tuple):
            record.args = tuple(_TOKEN.sub("…", item) if isinstance(item, str) else item for item in record.args)
        return True
