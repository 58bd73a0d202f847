"""How YAML is read and written: by libyaml, which is written in C, where it is installed."""

from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TextLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads all scalars as text."""

Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
