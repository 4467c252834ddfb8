"""What operators run: migrations, the worker, the lists; stands left of every slice."""
