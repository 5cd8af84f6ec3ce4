"""Slots: what is due is done once, whoever looks; what fails is tried again, then told."""
