"""Stands in for traceback in the browser: errors are shown without their source, which is away."""

import sys
from types import TracebackType


def print_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Write the functions that an error came through, and what it says."""
    while trace is not None:
        code = trace.tb_frame.f_code
        sys.stderr.write(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_qualname}\n")
        trace = trace.tb_next
    sys.stderr.write(f"{kind.__qualname__}: {error}\n")
