"""The way in of every make target: refuses an old Python with one sentence, then hands over.

This file must parse on the Pythons that it refuses.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Titik Temu membutuhkan Python 3.11 atau lebih baru, sedangkan ini Python %d.%d: "
        "pasang yang baru lalu jalankan misalnya `make run PYTHON=python3.12`.\n"
        "Titik Temu needs Python 3.11 or newer, and this is Python %d.%d: "
        "install a newer one, then for example `make run PYTHON=python3.12`.\n" % (sys.version_info[:2] * 2)
    )
    sys.exit(1)

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from launcher.environment import main

if __name__ == "__main__":
    main(sys.argv[1:])
