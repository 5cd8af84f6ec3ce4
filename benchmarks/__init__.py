"""Figures of this machine, in one run; no part of the installed package."""
