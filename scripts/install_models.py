"""Install the extra ``models`` without pulling CUDA onto a machine that has no GPU.

Asks pip first which build of torch it would take. On Linux without a GPU only a CPU build is accepted; where pip would
take the CUDA build, nothing is installed and one sentence says how to offer pip a CPU build.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements" / "models.txt"


def planned() -> list[str]:
    """Names of the files and packages that pip would install for torch with its dependencies."""
    pin = next(line for line in LOCK.read_text("utf-8").splitlines() if line.startswith("torch=="))
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--ignore-installed",
        "--report",
        "-",
        pin,
    ]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        f"{i['metadata']['name']} {i['metadata']['version']} {i['download_info']['url']}" for i in report["install"]
    ]


def main() -> int:
    """Install, or say why not. Exit status 3: no CPU build on offer."""
    linux = platform.system() == "Linux"
    if linux and shutil.which("nvidia-smi") is None:
        heavy = [line.split()[0] for line in planned() if line.startswith(("nvidia-", "cuda-", "triton"))]
        if heavy:
            sys.stderr.write(
                f"这台机器没有 GPU，而 pip 会装上 CUDA 版的 torch（连带 {len(heavy)} 个 CUDA 包），所以没有装。\n"
                "请让 pip 找到 CPU 版的 torch（例如用 PIP_EXTRA_INDEX_URL 指向 PyTorch 的 CPU 源，或把下载好的轮子放进"
                " PIP_FIND_LINKS 的文件夹），再运行一次。\n"
            )
            return 3
    install = [sys.executable, "-m", "pip", "install", "--quiet", "-r", str(LOCK)]
    return subprocess.run(install, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
