"""How examples are tried: as many as a quick run bears, on a machine of any speed, the same ones each time."""

from hypothesis import settings

settings.register_profile("unit", deadline=None, derandomize=True, database=None, max_examples=150)
settings.load_profile("unit")
