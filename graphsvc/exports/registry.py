"""Every export there is, by kind."""

from __future__ import annotations

from graphsvc.exports.drawing import PICTURE
from graphsvc.exports.kinds import Export

EXPORTS: dict[str, Export] = {export.kind: export for export in (PICTURE,)}
