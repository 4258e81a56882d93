"""A simulated shop's files, exactly like real exports: every message in one file, nothing lost."""

from xiaoer.simulator.exports.canonical_files import write_canonical
from xiaoer.simulator.exports.write_exports import ALL_FORMS, Form, write_exports

__all__ = ["ALL_FORMS", "Form", "write_canonical", "write_exports"]
