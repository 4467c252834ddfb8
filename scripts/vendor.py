"""Fetch the pinned third-party CSS, JS, font and icons from their npm packages, or check what is committed.

python scripts/vendor.py            fetch with `npm pack`, verify the integrity, write static/vendor
python scripts/vendor.py --check    offline: every committed file has the digest of the lock
python scripts/vendor.py --pin      after changing a version: accept the new package and write its integrity
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = VENDOR / "vendor.json"


def main() -> int:
    """Exit code 0 when all files are as the lock says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="only compare the committed files with the lock")
    parser.add_argument("--pin", action="store_true", help="write the integrity of what npm serves now")
    options = parser.parse_args()
    lock = json.loads(LOCK.read_text())
    if options.check:
        return report(differences(lock, VENDOR))
    with tempfile.TemporaryDirectory() as scratch:
        for package in lock["packages"]:
            fetch(package, Path(scratch), pin=options.pin)
    lock["sha256"] = {name: digest(VENDOR / name) for name in written(lock)}
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")
    return report(differences(lock, VENDOR))


def written(lock: dict[str, Any]) -> list[str]:
    """Names under static/vendor that the lock's packages give, sorted."""
    names = [target for package in lock["packages"] for target in package["files"].values()]
    return sorted(names + [package["sprite"] for package in lock["packages"] if "sprite" in package])


def differences(lock: dict[str, Any], folder: Path) -> list[str]:
    """One sentence for each committed file that is missing or is not the one of the lock."""
    found = []
    for name in written(lock):
        path = folder / name
        if not path.exists():
            found.append(f"{name} is missing")
        elif digest(path) != lock["sha256"].get(name):
            found.append(f"{name} differs from the lock")
    return found


def report(found: list[str]) -> int:
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: dict[str, Any], scratch: Path, *, pin: bool) -> None:
    """Writes the package's wanted files after its archive was found to be the pinned one."""
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(scratch), wanted]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    archive = scratch / done.stdout.strip().splitlines()[-1]
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if pin:
        package["integrity"] = integrity
    if package["integrity"] != integrity:
        raise SystemExit(f"{wanted}: the archive has {integrity}, the lock says {package['integrity']}")
    with tarfile.open(archive) as tar:
        for source, target in package["files"].items():
            write(VENDOR / target, member(tar, source))
        if "sprite" in package:
            write(VENDOR / package["sprite"], sprite(tar, package["icons"]))


def member(tar: tarfile.TarFile, name: str) -> bytes:
    handle = tar.extractfile(f"package/{name}")
    if handle is None:
        raise SystemExit(f"{name} is not a file of the package")
    content = handle.read()
    # Source maps are not shipped, so a browser must not ask for them.
    return re.sub(rb"\n?/[/*]# sourceMappingURL=.*?(\*/|$)\n?", b"", content)


def sprite(tar: tarfile.TarFile, icons: list[str]) -> bytes:
    """One SVG with a symbol for each icon in use, in the order of their names."""
    symbols = []
    for name in sorted(set(icons)):
        drawing = member(tar, f"icons/{name}.svg").decode()
        inner = re.sub(r"\s*\n\s*", "", re.sub(r"^<svg[^>]*>|</svg>\s*$", "", drawing.strip()))
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>\n')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "".join(symbols) + "</svg>\n").encode()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    raise SystemExit(main())
