"""The tariff that every Python peer prices: mastiff/remote-help, as one would write it by hand.

Each started hour has the rate in force when it starts; clients pay half; VAT comes on top.
"""

from datetime import datetime, timedelta
from decimal import Decimal

HOURLY = Decimal("100.00")
CENT = Decimal("0.01")


def gross(start, minutes, client):
    """What help from a moment on costs with tax."""
    begun = -(-minutes // 60)
    due = sum(HOURLY * factor(start + hour * timedelta(hours=1)) for hour in range(begun))
    net = due / 2 if client else due
    return net + (net * Decimal("0.23")).quantize(CENT)


def factor(moment):
    """How many times the base rate an hour that starts at a moment costs."""
    if moment.weekday() < 5 and 10 <= moment.hour < 18:
        return 1
    return 2 if 18 <= moment.hour < 22 else 4


START = datetime.fromisoformat("2026-03-03T17:30")
TOTAL = f"Total: {gross(START, 90, client=False)}"
