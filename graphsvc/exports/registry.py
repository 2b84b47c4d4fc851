"""Every export there is, by kind."""

from __future__ import annotations

from graphsvc.exports.cnil import CNIL_PIA
from graphsvc.exports.dpia import DPIA
from graphsvc.exports.dpv import DPV
from graphsvc.exports.drawing import PICTURE
from graphsvc.exports.graph import GRAPH
from graphsvc.exports.kinds import Export
from graphsvc.exports.record_controller import ART30_1
from graphsvc.exports.record_processor import ART30_2
from graphsvc.exports.statement import STATEMENT
from graphsvc.exports.transfers import TRANSFERS

EXPORTS: dict[str, Export] = {
    export.kind: export for export in (DPIA, CNIL_PIA, ART30_1, ART30_2, TRANSFERS, STATEMENT, PICTURE, DPV, GRAPH)
}
