"""While the package is built: compile the translations and take the templates along.

The compiled files are not in the repository, so an install from a fresh clone makes them here, in the
checkout too when the install is an editable one. That one reads the templates where they lie.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompleteThePackage(BuildHookInterface[Any]):
    """Adds to the wheel what the packages' own folders do not hold."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root) / "scripts"))
        from catalogues import compile_catalogues

        for compiled in compile_catalogues(Path(self.root)):
            build_data["artifacts"].append(compiled.relative_to(self.root).as_posix())
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"]["templates"] = "organiser/templates"
