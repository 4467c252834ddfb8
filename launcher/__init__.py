"""Starts and stops the product, its tests and its checks. Only the standard library until `.venv` stands."""
