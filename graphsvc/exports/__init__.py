"""Answers in forms to hand over: pictures."""
