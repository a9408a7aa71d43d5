"""The command: measures everything, prints it for people or as JSON."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from pathlib import Path

from section287g import building, programs
from section287g.bench.budget import compare
from section287g.bench.builds import measure_builds, measure_imports
from section287g.bench.pages import measure_pages
from section287g.bench.peers import OURS, PAGE, measure_peers
from section287g.bench.reading import measure_following, measure_reading, measure_reading_of_made_workbook
from section287g.browser import open_browser


def report(results: dict) -> str:
    """The results for people: pages, controls, limits, peers, builds, imports and reading."""
    parts = [
        _pages(results["pages"]),
        _controls(results["pages"]),
        _limits(results["pages"], results["build"]),
        _peers(results["peers"], results["pages"]),
        _build(results["build"]),
        _imports(results["imports"]),
        _reading(results["reading"]),
        _following(results["following"]),
    ]
    return "\n\n".join(parts)


def _pages(pages: list[dict]) -> str:
    lines = [
        "page                              raw kB   gz kB  requests  outside  first paint s  ready s  layout shift"
    ]
    for page in pages:
        ready = "      -" if page["ready_s"] is None else f"{page['ready_s']:7.2f}"
        lines.append(
            f"{page['page']:<32}{page['raw_bytes'] / 1000:8.0f}{page['gzip_bytes'] / 1000:8.0f}{page['requests']:10.0f}"
            f"{page['outside']:9.0f}{page['first_paint_s']:15.2f}  {ready}{page['layout_shift']:14.3f}"
        )
    return "\n".join(lines)


def _controls(pages: list[dict]) -> str:
    lines = ["a change of a control, ms          own work p50    p95   to the frame p50    p95   changes"]
    for page in pages:
        if "changes" in page:
            lines.append(
                f"{page['page']:<32}{page['work_ms_p50']:15.1f}{page['work_ms_p95']:7.1f}"
                f"{page['frame_ms_p50']:19.1f}{page['frame_ms_p95']:7.1f}{page['changes']:10}"
            )
    return "\n".join(lines)


def _limits(pages: list[dict], build: dict) -> str:
    lines = ["limits that the book sets itself"]
    for compared in compare(pages, build):
        limit, where = compared.limit, f" ({compared.where})" if compared.where else ""
        lines.append(
            f"{'kept' if compared.kept else 'OVER'}  {limit.words}: at most {limit.most:,g}, largest"
            f" {_short(compared.largest)}{where}"
        )
    return "\n".join(lines)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _peers(peers: dict, pages: list[dict]) -> str:
    """Each peer as a multiple of ours, with what it was measured as."""
    own_page = next(page for page in pages if page["page"] == PAGE)
    return "\n".join(
        [
            "beside other means, in the same run: so many times ours (in brackets: as measured)",
            *_multiples(
                peers["page"],
                own_page,
                {
                    "gzip_bytes": ("kB compressed", 1e-3),
                    "requests": ("requests", 1),
                    "first_paint_s": ("s to first paint", 1),
                },
            ),
            *_multiples(
                peers["alone"],
                peers["alone"][OURS],
                {
                    "gzip_bytes": ("kB compressed", 1e-3),
                    "ready_s": ("s until ready", 1),
                    "frame_ms_p50": ("ms to the frame, p50", 1),
                    "frame_ms_p95": ("p95", 1),
                },
            ),
            *_multiples(
                peers["live"],
                peers["live"][OURS],
                {"frame_ms_p50": ("ms to the frame in JupyterLab, p50", 1), "frame_ms_p95": ("p95", 1)},
            ),
            *peers["missing"],
        ]
    )


def _multiples(peers: dict[str, dict], ours: dict, measures: dict[str, tuple[str, float]]) -> list[str]:
    lines = []
    for name, theirs in peers.items():
        if theirs is not ours:
            parts = (
                f"{theirs[measure] / ours[measure]:.1f} ({scale * theirs[measure]:.3g} to {scale * ours[measure]:.3g})"
                f" {unit}"
                for measure, (unit, scale) in measures.items()
            )
            lines.append(f"{name}: {'; '.join(parts)}")
    return lines


def _build(build: dict) -> str:
    return (
        f"build: {build['cold_s']:.1f} s from nothing (one language {build['cold_one_s']:.1f} s),"
        f" {build['text_change_s']:.1f} s after a change of text, "
        f"{build['up_to_date_s']:.2f} s to see that nothing changed"
    )


def _imports(imports: dict[str, float]) -> str:
    return "import: " + ", ".join(f"{module} {took:.2f} s" for module, took in imports.items())


def _reading(read: dict) -> str:
    return (
        f"reading: {read['workbooks']} workbooks with {read['rows']:,} rows in {read['seconds']:.1f} s,"
        f" {read['rows_per_second']:,.0f} rows a second, {read['ratio']:.1f} times as fast as openpyxl (on"
        f" {read['compared_workbooks']} of them)"
    )


def _following(followed: dict) -> str:
    return (
        f"following: {followed['lists']} lists with {followed['rows']:,} rows followed and counted anew in"
        f" {followed['seconds']:.1f} s"
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure everything and print it. Returns the exit code: 1 after one sentence on stderr if it cannot be
    measured."""
    parser = argparse.ArgumentParser(
        prog="python -m section287g.bench", description="Measure pages, explorers, peers, builds and reading."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, help="folder of ICE's workbooks (default: one workbook is made)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    try:
        reading = measure_reading(options.folder) if options.folder else measure_reading_of_made_workbook()
        with contextlib.redirect_stdout(sys.stderr):
            site = building.build()
        with open_browser() as browser:
            results = {"pages": measure_pages(browser, site), "peers": measure_peers(browser, site)}
        results |= {
            "build": measure_builds(),
            "imports": measure_imports(),
            "reading": reading,
            "following": measure_following(),
        }
    except (programs.Stop, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(results) if options.json else report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
