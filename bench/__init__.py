"""Measurements: how fast a register is loaded and questions are answered, and in how much memory."""
