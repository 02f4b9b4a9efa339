"""Puts programs as they were built for this machine into zips, where `just build` would have put its own."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

CATALOG = Path(__file__).parents[2] / "infra/catalog/catalog.json"


def pack(program: Path, folder: Path) -> None:
    """One program as `bootstrap`, without what only debuggers read."""
    folder.mkdir(parents=True)
    bootstrap = folder / "bootstrap"
    shutil.copyfile(program, bootstrap)
    if shutil.which("strip"):
        subprocess.run(["strip", str(bootstrap)], check=True)
    bootstrap.chmod(0o755)
    with zipfile.ZipFile(folder / "bootstrap.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(bootstrap, "bootstrap")
    bootstrap.unlink()


def main(programs: Path, into: Path) -> None:
    """All functions of the catalogue."""
    names = [function["name"] for function in json.loads(CATALOG.read_text())["functions"]]
    if missing := [name for name in names if not (programs / name).is_file()]:
        sys.exit(f"tests/cloud: not built: {', '.join(missing)}: `cargo build --workspace --bins`")
    for name in names:
        pack(programs / name, into / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
