"""Blobs: type sniffed, size capped, scanned, stored; who may read one is each slice's own link table."""
