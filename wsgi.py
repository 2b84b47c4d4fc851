"""The WSGI entry point for a server of your choice: `app`, over the register that `GRAPHSVC_*` names.

`graphsvc serve` is the usual way. One process may own the embedded graph: run this with one worker
process and several threads, or give `GRAPHSVC_BOLT_URI`.
"""

import atexit
import os
from contextlib import ExitStack

from graphsvc import create_app
from graphsvc.service import collect_seldom, opened
from graphsvc.settings import Settings

collect_seldom()
settings = Settings.from_environment(os.environ)
_open = ExitStack()
atexit.register(_open.close)
app = create_app(settings, _open.enter_context(opened(settings)))
