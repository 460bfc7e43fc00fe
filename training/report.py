"""The development report: one Markdown text from the documented cases, the pairs and the ordinary ads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from screener import Screener
from training.evaluate import (
    Case,
    Scored,
    auc,
    bands,
    calibration_error,
    indicator_scores,
    interval,
    micro,
    pairs_won,
    read_cases,
    recall_at,
    score,
)

Metrics = dict[str, Any]
_HEADLINE_LEAVES_OUT = "language_transfer"


def is_headline(case: Case) -> bool:
    """Whether a case counts in the headline figures: documented lures retold in other languages do not."""
    return case.basis != _HEADLINE_LEAVES_OUT


def development_metrics(screener: Screener, folder: Path, languages: frozenset[str] | None = None) -> Metrics:
    """Figures on a folder with `validation/` and `background/`; `languages` limits the cases, not the ordinary ads."""

    def chosen(name: str) -> list[Case]:
        cases = read_cases(folder / "validation" / f"{name}.jsonl")
        return [
            c for c in cases
            if is_headline(c) and (languages is None or c.lang in languages or c.lang.split("-")[0] in languages)
        ]  # fmt: skip

    documented = score(screener, [*chosen("lures"), *chosen("legit")])
    pairs = score(screener, chosen("pairs"))
    non_offers = score(screener, chosen("nonads"))
    ids = [d.id for d in screener.catalog if not d.is_combination]
    tags = sorted({s.case.lang for s in [*documented, *pairs]})
    return {
        "documented": case_figures(documented),
        "pairs": _pair_figures(pairs, ids),
        "non_offers": {"rows": len(non_offers), **bands(non_offers)},
        "languages": {
            tag: {
                **case_figures([s for s in documented if s.case.lang == tag], with_intervals=False),
                **_pair_figures([s for s in pairs if s.case.lang == tag], ids),
            }
            for tag in tags
        },
        "ordinary": ordinary_figures(screener, folder / "background"),
    }


def ordinary_figures(screener: Screener, folder: Path) -> Metrics:
    """Shares of bands in each set of ordinary ads by itself; job scams (fake, not trafficking) apart."""
    figures: Metrics = {}
    for path in sorted(folder.glob("*.jsonl")):
        scored = score(screener, read_cases(path))
        for kind, labels in (("", ("genuine", "unknown")), (" (scam)", ("scam",))):
            part = [s for s in scored if s.case.label in labels]
            if part:
                figures[path.stem + kind] = {"rows": len(part), **bands(part)}
    return figures


def case_figures(scored: Sequence[Scored], *, with_intervals: bool = True) -> Metrics:
    """AUC, recall, calibration and bands of lures against genuine ads, with intervals where asked for."""
    lures = [s for s in scored if s.case.label == "lure"]
    figures: Metrics = {
        "lures": len(lures),
        "genuine": len(scored) - len(lures),
        "auc": auc(scored),
        "recall_at_5": recall_at(scored),
    }
    if with_intervals:
        figures |= {
            "auc_interval": interval(scored, auc),
            "recall_interval": interval(scored, recall_at),
            "calibration_error": calibration_error(scored),
            "calibration_interval": interval(scored, calibration_error),
            "lure_bands": bands(lures),
            "genuine_bands": bands([s for s in scored if s.case.label == "genuine"]),
        }
    return figures


def _pair_figures(scored: Sequence[Scored], ids: Sequence[str]) -> Metrics:
    scores = indicator_scores(scored, ids)
    overall = micro(scores)
    won, pairs = pairs_won(scored)
    return {
        "pairs": pairs,
        "won": won,
        "pair_auc": auc(scored),
        "indicator_precision": overall.precision,
        "indicator_recall": overall.recall,
        "indicators": {n: [s.right, s.wrong, s.missed] for n, s in scores.items() if s.right + s.wrong + s.missed},
    }


def as_markdown(metrics: Mapping[str, Any]) -> str:
    """The report as Markdown tables."""
    return "\n".join(_lines(metrics)) + "\n"


def _lines(metrics: Mapping[str, Any]) -> Iterator[str]:
    d, p, n = metrics["documented"], metrics["pairs"], metrics["non_offers"]
    yield "| figure | value | 90 % interval |\n| --- | --- | --- |"
    yield f"| documented lures against hard genuine ads ({d['lures']} / {d['genuine']}): ROC-AUC | {d['auc']:.3f} | {_range(d['auc_interval'])} |"
    yield f"| recall at 5 % false alarms | {d['recall_at_5']:.3f} | {_range(d['recall_interval'])} |"
    yield f"| expected calibration error | {d['calibration_error']:.3f} | {_range(d['calibration_interval'])} |"
    yield f"| contrast pairs won | {p['won']} of {p['pairs']} | |"
    yield f"| indicators on the pairs: precision / recall | {p['indicator_precision']:.3f} / {p['indicator_recall']:.3f} | |"
    yield f"| non-offers `high` or `elevated` ({n['rows']}) | {n['high'] + n['elevated']:.3f} | |"
    yield "\n| language | lures / genuine | AUC | recall at 5 % | pairs won | indicator precision / recall |\n| --- | --- | --- | --- | --- | --- |"
    for tag, f in metrics["languages"].items():
        yield (
            f"| {tag} | {f['lures']} / {f['genuine']} | {f['auc']:.3f} | {f['recall_at_5']:.3f} | "
            f"{f['won']} of {f['pairs']} | {f['indicator_precision']:.3f} / {f['indicator_recall']:.3f} |"
        )
    yield "\n| set | rows | high | elevated | low | insufficient | not an offer |\n| --- | --- | --- | --- | --- | --- | --- |"
    sets = {
        "documented lures": {"rows": d["lures"], **d["lure_bands"]},
        "hard genuine": {"rows": d["genuine"], **d["genuine_bands"]},
    }
    for name, f in (sets | metrics["ordinary"]).items():
        shares = " | ".join(f"{f[band]:.3f}" for band in ("high", "elevated", "low", "insufficient", "not_an_offer"))
        yield f"| {name} | {f['rows']} | {shares} |"


def _range(bounds: Sequence[float]) -> str:
    return f"{bounds[0]:.3f}–{bounds[1]:.3f}"
