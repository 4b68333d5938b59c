"""The first page: bodies and dates are known to all who take part; each reads the rest as far as it is theirs."""

from tests.walker.base import MEMBERS, Row

ROWS = [
    Row("governance", get={200: MEMBERS}, post={405: MEMBERS}),
]
