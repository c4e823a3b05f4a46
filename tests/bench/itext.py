"""iText 5 verifying, compiled here from `ItextJudge.java` against Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from infra.local.debian import install
from infra.local.machines import MachineMissing, refusal

SOURCE = Path(__file__).with_name("ItextJudge.java")
JARS = [
    Path("/usr/share/java") / f"{name}.jar" for name in ("itext5", "bcprov", "bcpkix", "bcutil")
]
PACKAGES = ["libitext5-java", "libbcprov-java", "libbcpkix-java"]
JDK = "default-jdk-headless"


@dataclass(frozen=True)
class Itext:
    """The compiled judge: where its classes lie."""

    path: str

    @classmethod
    def made(cls, folder: Path, tell: Callable[[str], None]) -> Self | None:
        """Compile it, its packages installed where root asks; nothing, and why, where not."""
        missing = [] if all(jar.exists() for jar in JARS) else list(PACKAGES)
        missing += [] if shutil.which("javac") else [JDK]
        try:
            if missing and os.geteuid() != 0:
                raise MachineMissing(refusal(missing))
            if missing:
                install(missing)
            path = os.pathsep.join(map(str, [folder, *JARS]))
            subprocess.run(["javac", "-cp", path, "-d", folder, SOURCE], check=True)
        except (MachineMissing, OSError, subprocess.CalledProcessError) as why:
            tell(f"no iText: {why}")
            return None
        return cls(path)

    def rate(self, file: Path, seconds: float) -> float:
        """Files per second of processor time."""
        command = ["java", "-cp", self.path, SOURCE.stem, file, str(seconds)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
