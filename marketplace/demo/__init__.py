"""Invented people, organisations and listings for walking through the product; never loaded in production."""
