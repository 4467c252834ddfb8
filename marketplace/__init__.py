"""Titik Temu: where regions and partners meet."""
