"""How examples are tried: the same ones each time, on a machine of any speed."""

from hypothesis import settings

settings.register_profile("imports", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("imports")
