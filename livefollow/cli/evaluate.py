"""`livefollow evaluate`: measure followers on cases, beside cursors that cannot hear."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow.cli.inputs import add_model_arguments, check_folder

if TYPE_CHECKING:
    from livefollow.evaluate.cases import Case
    from livefollow.evaluate.output import Measured
    from livefollow.evaluate.page_turns import TurnFigures
    from livefollow.evaluate.runners import Runner
    from livefollow.evaluate.summary import Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow evaluate`."""
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASES", help="a case, or a folder of cases")
    parser.add_argument("--only", default="*", metavar="GLOB", help="cases with such names")
    parser.add_argument(
        "--agent",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="whom to measure: agents, and baselines, which cannot hear",
    )
    add_model_arguments(parser)
    parser.add_argument(
        "--csv-from", metavar="COMMAND", help="a program to measure: a command with {score} {audio} {csv} in it"
    )
    parser.add_argument(
        "--own-sound-only", action="store_true", help="do not feed the program another piece and noise as well"
    )
    parser.add_argument(
        "--task",
        choices=["nottingham", "msmd"],
        help="of the paper: what counts as lost, and what a cm is (as the cases say; else of piano music, msmd)",
    )
    parser.add_argument("--turns", action="store_true", help="judge page turns, single pages")
    parser.add_argument("--out", type=Path, metavar="DIR", help="summary, a CSV of pieces, tracks and errors of each")
    parser.add_argument("--report", type=Path, metavar="DIR", help="the same, and a page with plots: report.html")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="cases followed at a time")
    parser.add_argument("--limit", type=float, default=1800.0, metavar="S", help="seconds that a case may take")


def run(args: argparse.Namespace) -> int:
    """Measure the followers, print the tables, write what was asked for.

    Returns:
        0, or 1 when a case failed.

    Raises:
        LivefollowError: a case is not as it must be, or there is no such agent.
    """
    # Numbers, sound and plots are loaded only for this command.
    import tempfile  # noqa: PLC0415
    from dataclasses import replace  # noqa: PLC0415

    from livefollow.evaluate import output  # noqa: PLC0415
    from livefollow.evaluate.cases import find_cases, load_case  # noqa: PLC0415
    from livefollow.follow.paper.state import TASKS  # noqa: PLC0415

    if args.report:
        from livefollow.evaluate.report import require_matplotlib  # noqa: PLC0415

        require_matplotlib("A report (figures alone: --out)")
    check_folder(args.report or args.out)
    cases = [load_case(folder) for folder in find_cases(args.cases, args.only)]
    if args.task:
        cases = [replace(case, task=TASKS[args.task]) for case in cases]
    with tempfile.TemporaryDirectory(prefix="livefollow-") as scratch:
        followers = _followers(args, cases, Path(scratch))
        rows = _measure(followers, cases, args)
    print(output.table(rows))
    if args.turns:
        print("\n" + output.turn_table(rows))
    for row in rows:
        if row.hears:
            print(f"\n{row.name}\n" + output.piece_table(row))
    for line in output.gains_over_baselines(rows):
        print("\n" + line)
    failures = [(row.name, case, why) for row in rows for case, why in row.failed.items()]
    for name, case, why in failures:
        print(f"FAILED, counted as zero: {name} on {case}: {why}")
    folder = args.report or args.out
    if folder:
        output.write_output(folder, rows)
    if args.report:
        from livefollow.evaluate.report import write_report  # noqa: PLC0415

        write_report(args.report, rows)
    if folder:
        print(f"\nWritten to {folder}")
    return 1 if failures else 0


def _followers(args: argparse.Namespace, cases: list[Case], scratch: Path) -> list[Runner]:
    """Return the followers to measure: those asked for, with the right and the wrong music, and the baselines."""
    from livefollow.evaluate import baselines  # noqa: PLC0415
    from livefollow.evaluate.runners import Cursor, Program, other_pieces, parse_command, write_noises  # noqa: PLC0415

    programs = {name: _track_command(name, args) for name in _agents(args)}
    if args.csv_from:
        programs["command"] = parse_command(args.csv_from)
    foreign: dict[str, dict[str, Path]] = {}
    if programs and not args.own_sound_only:
        others = other_pieces(cases)
        if len(others) == len(cases):
            foreign["another piece"] = others
        foreign["noise"] = write_noises(cases, scratch / "noise")
    out: list[Runner] = []
    for name, words in programs.items():
        out.append(Program(name, words, scratch / name, {}, args.limit))
        for what, sounds in foreign.items():
            folder = scratch / f"{name}_{what.replace(' ', '_')}"
            out.append(Program(f"{name}, {what}", words, folder, sounds, args.limit, hears=False))
    return out + [Cursor(name, hears=name in args.agent) for name in baselines.CURSORS]


def _agents(args: argparse.Namespace) -> list[str]:
    """Return the names asked for that are agents, not baselines.

    Raises:
        CommandError: there is none of such a name.
        ModelError: there are no networks at all.
    """
    from livefollow.evaluate import baselines  # noqa: PLC0415
    from livefollow.evaluate.runners import CommandError  # noqa: PLC0415
    from livefollow.networks.manifest import load_manifest  # noqa: PLC0415

    names = [name for name in dict.fromkeys(args.agent) if name not in baselines.CURSORS]
    there = load_manifest(args.models).agents if names else {}
    unknown = [name for name in names if name not in there]
    if unknown:
        raise CommandError(f"There is no agent {unknown[0]}; there are {', '.join([*there, *baselines.CURSORS])}.")
    return names


def _track_command(agent: str, args: argparse.Namespace) -> tuple[str, ...]:
    """Return the command that runs an agent in a process of its own, as the app would."""
    import sys  # noqa: PLC0415

    fixed = [sys.executable, "-m", "livefollow.cli.main", "track", "--agent", agent, "--provider", args.provider]
    if args.models:
        fixed += ["--models", str(args.models.absolute())]
    escaped = [word.replace("{", "{{").replace("}", "}}") for word in fixed]
    return (*escaped, "--score", "{score}", "--audio", "{audio}", "--csv", "{csv}")


def _measure(followers: list[Runner], cases: list[Case], args: argparse.Namespace) -> list[Measured]:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    from livefollow.evaluate.output import Measured  # noqa: PLC0415
    from livefollow.evaluate.runners import follow_case  # noqa: PLC0415
    from livefollow.progress import ProgressBar  # noqa: PLC0415

    tasks = [(follower, case) for follower in followers for case in cases]
    with ProgressBar(total=len(tasks), desc="following", unit="case") as bar:

        def one(task: tuple[Runner, Case]) -> Result:
            result = follow_case(*task)
            bar.set_postfix_str(f"{task[0].name}: {task[1].name}", refresh=False)
            bar.update()
            return result

        with ThreadPoolExecutor(max(1, args.jobs)) as pool:
            results = list(pool.map(one, tasks))
    rows = []
    for k, follower in enumerate(followers):
        own = results[k * len(cases) : (k + 1) * len(cases)]
        rows.append(Measured(follower.name, follower.hears, own, _turns(follower, own) if args.turns else {}))
    return rows


def _turns(follower: Runner, results: list[Result]) -> dict[str, TurnFigures]:
    """Judge the turns of each case; a follower that failed made none, and one that hears other music must not turn."""
    from livefollow.evaluate.page_turns import judge, timer_turns, turns_of  # noqa: PLC0415
    from livefollow.evaluate.runners import hears_other_sound  # noqa: PLC0415

    out = {}
    for result in results:
        turns = []
        if follower.name == "timer" and result.case.truth:
            turns = timer_turns(result.case.truth)
        elif result.track is not None:
            turns = turns_of(result.case, result.track)
        out[result.case.name] = judge(None if hears_other_sound(follower) else result.case.truth, turns)
    return out
