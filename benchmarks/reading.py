"""What the library reads right, and how fast: prints every figure with the count behind it.

    python benchmarks/reading.py [--split dev|all] [--seconds 2] [--no-speed]

Accuracy is that of the scorer beside the annotated corpus (folder ``corpus`` of the folder named by CAUNOI_SHARED,
default ``../shared``); speed in processor time of one core, 10 kB to 10 MB, on the source documents repeated and on the
library's golden cases repeated, far denser in clauses than any document.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import resource
import runpy
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

import vanban
from vanban.stages import citations
from vanban.text.normal import NormalText

REPOSITORY: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("CAUNOI_SHARED") or REPOSITORY.parent / "shared")
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)


def conditions() -> str:
    """Machine and versions, one line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        named = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = named[0] if named else cpu
    return (
        f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def corpus_files(split: str) -> Iterator[Path]:
    """The text files of one part of the corpus."""
    corpus = SHARED / "corpus"
    with (corpus / "split.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if split in ("all", row["split"])]
    for row in rows:
        in_corpus = corpus / "docs" / f"{row['id']}.txt"
        yield in_corpus if in_corpus.is_file() else SHARED / "documents" / f"{row['id']}.txt"


def parse_into(folder: Path, files: list[Path]) -> float:
    """Parse every file into ``folder``; returns the seconds it took, reading and writing included."""
    started = time.perf_counter()
    for path in files:
        data = vanban.to_json(vanban.parse(vanban.read(path)))
        (folder / f"{path.stem}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return time.perf_counter() - started


def accuracy(split: str) -> None:
    """Print the scorer's figures for one part of the corpus."""
    scorer = SHARED / "corpus" / "score.py"
    if not scorer.is_file():
        print(f"corpus absent: {scorer.parent} (set CAUNOI_SHARED)")
        return
    with tempfile.TemporaryDirectory() as folder:
        files = list(corpus_files(split))
        seconds = parse_into(Path(folder), files)
        arguments, sys.argv = sys.argv, [str(scorer), folder, "--split", split, "-v"]
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                runpy.run_path(str(scorer), run_name="__main__")
        finally:
            sys.argv = arguments
    print(printed.getvalue(), end="")
    print(f"{len(files)} files read, parsed and written in {seconds:.2f} s")


def source_texts() -> dict[str, str]:
    """Texts to measure speed with, by name: the real documents where present, and the dense golden cases."""
    folder = REPOSITORY / "vanban" / "tests" / "golden"
    golden = [
        case["text"]
        for name in ("outline.toml", "head.toml", "foot.toml")
        for case in tomllib.loads((folder / name).read_text("utf-8"))["case"]
    ]
    cited = tomllib.loads((folder / "citations.toml").read_text("utf-8"))["case"]
    found = {
        "golden cases, 40 bytes a line": "\n".join(golden),
        "golden citations, one in every line": "\n".join(case["text"] for case in cited),
    }
    documents = sorted((SHARED / "documents").glob("seed*.txt"))
    if documents:
        found["source documents"] = "\n".join(path.read_text("utf-8") for path in documents)
    return found


def repeated(text: str, size: int) -> str:
    """``text`` again and again until it has at least ``size`` bytes."""
    return text * (size // len(text.encode()) + 1)


def best_of(call: Callable[[], object], seconds: float) -> float:
    """The least processor time of one ``call``, tried for about ``seconds``."""
    best, until = float("inf"), time.perf_counter() + seconds
    while best == float("inf") or time.perf_counter() < until:
        started = time.process_time()
        call()
        best = min(best, time.process_time() - started)
    return best


def speed(seconds: float) -> None:
    """Print megabytes a second of the whole parse and of citations alone, by text and size."""
    for name, base in source_texts().items():
        print(f"{name}\n{'bytes':>12} {'parse s':>9} {'MB/s':>6} {'citations s':>12} {'MB/s':>6}")
        for size in SIZES:
            _speed_of(repeated(base, size), seconds)
    one_by_one(seconds)


def one_by_one(seconds: float) -> None:
    """Print the speed on whole small documents, each parsed by itself: the head weighs most there."""
    folder = REPOSITORY / "vanban" / "tests" / "golden"
    texts = [case["text"] for case in tomllib.loads((folder / "documents.toml").read_text("utf-8"))["case"]]
    weight = sum(len(text.encode()) for text in texts)
    spent = best_of(lambda: [vanban.parse(text) for text in texts], seconds)
    print(
        f"{len(texts)} invented documents, each by itself: {weight:,} bytes, {spent:.3f} s, "
        f"{weight / spent / 1e6:.2f} MB/s"
    )


def _speed_of(text: str, seconds: float) -> None:
    weight = len(text.encode())
    whole = best_of(lambda: vanban.parse(text), seconds)
    document = vanban.parse(text)
    normal = NormalText.of(text)
    cited = best_of(lambda: citations.find(normal, document.clauses, document.header), seconds)
    print(f"{weight:>12,} {whole:>9.3f} {weight / whole / 1e6:>6.2f} {cited:>12.3f} {weight / cited / 1e6:>6.2f}")


def main() -> None:
    """Print conditions, accuracy and speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each speed is measured")
    parser.add_argument("--no-speed", action="store_true")
    chosen = parser.parse_args()
    print(f"# Reading: {conditions()}")
    accuracy(chosen.split)
    if not chosen.no_speed:
        speed(chosen.seconds)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
