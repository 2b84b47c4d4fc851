"""The formats that can be read. Apart from what they share: each needs libraries of its own."""

from collections.abc import Callable, Mapping

from graphsvc.imports.foreign.csv_file import read_csv
from graphsvc.imports.foreign.fides_file import read_fides
from graphsvc.imports.foreign.html_file import read_html
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.markdown_file import read_markdown
from graphsvc.imports.foreign.report import Imported
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.tilt_file import read_tilt
from graphsvc.imports.foreign.xlsx_file import read_xlsx

Importer = Callable[[bytes, ImportSettings, Register], Imported]

IMPORTERS: Mapping[str, Importer] = {
    "csv": read_csv,
    "markdown": read_markdown,
    "html": read_html,
    "tilt": read_tilt,
    "fides": read_fides,
    "xlsx": read_xlsx,
}
"""The formats by the names that the command line and the API use."""
