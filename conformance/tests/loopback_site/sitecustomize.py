"""Puts the guard into the Python programs that tests start; the tests' conftest puts this folder on their path."""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

# By its file: a pytest that a test starts wants to be the first to import the package of a plugin.
_package = find_spec("wecom_conformance")
assert _package is not None
assert _package.submodule_search_locations
_file = next(
    file for folder in _package.submodule_search_locations if (file := Path(folder) / "loopback.py").is_file()
)
# Under its own name, so that whoever imports it gets this one, with what it has refused.
_NAME = "wecom_conformance.loopback"
_spec = spec_from_file_location(_NAME, _file)
assert _spec is not None
assert _spec.loader is not None
_guard = sys.modules[_NAME] = module_from_spec(_spec)
_spec.loader.exec_module(_guard)
_guard.install()
