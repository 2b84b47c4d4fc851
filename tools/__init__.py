"""What the Makefile runs beside the tests and the measurements."""
