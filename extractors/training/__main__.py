"""`python -m extractors.training [--ablation] [--out FOLDER]`: train both models and write files and model card."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from extractors.training.ablation import ablate
from extractors.training.card import Trained, render_card
from extractors.training.features import shipped
from extractors.training.fitting import STRENGTH, calibrate, cross_calibrated, cross_scores, fit, tabulate
from extractors.training.shipping import ship
from extractors.training.texts import KINDS, load_samples

OUT = Path(__file__).resolve().parents[2] / "corpora" / "models"


def train(kind: str, out: Path) -> Trained:
    """Train, cross-validate, calibrate and write the model of "headings" or "passages"."""
    samples = load_samples(kind)
    table = tabulate(samples)
    scores, folds = cross_scores(samples, table.truth, shipped, STRENGTH[kind])
    slope, offset = calibrate(scores, table.truth)
    fitted = fit([sample.text for sample in samples], table.truth, shipped, STRENGTH[kind])
    size = ship(out / f"{kind}.npz", fitted, table.names, slope, offset)
    features = len(fitted.vectorizer.vocabulary_)
    return Trained(kind, samples, table, cross_calibrated(scores, table.truth, folds), size, features)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training", description="训练标题和语句的分类模型。")
    parser.add_argument("--ablation", action="store_true", help="另外比较各种特征（约需几分钟），结果写入ablation.json")
    parser.add_argument("--out", type=Path, default=OUT, help="模型文件的目录，缺省为corpora/models")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    stored = options.out / "ablation.json"
    if options.ablation:
        rows = {kind: ablate(kind) for kind in KINDS}
        stored.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    known = stored if stored.exists() else OUT / stored.name  # a trial elsewhere shows the last comparison all the same
    compared = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
    results = [train(kind, options.out) for kind in KINDS]
    (options.out / "CARD.md").write_text(render_card(results, compared), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
