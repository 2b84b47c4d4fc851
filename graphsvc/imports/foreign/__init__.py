"""Documents made from other people's formats. Pure: bytes, settings and what the register knows, to a document."""
