"""Lay the notebooks and a story beside the modules of an installed package: `synoptic init` makes a suite of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
STARTER = ("notebooks", "data/raw/ferry-accident")


class BuildWithStarter(build_py):
    """Build the modules as ever, then copy the starter's parts; an editable installation has them in its checkout."""

    def run(self):
        """Build."""
        super().run()
        if self.editable_mode:
            return
        for part in STARTER:
            target = Path(self.build_lib, "helpers", "running", "starter", part)
            shutil.copytree(HERE / part, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "__pycache__"))


setup(cmdclass={"build_py": BuildWithStarter})
