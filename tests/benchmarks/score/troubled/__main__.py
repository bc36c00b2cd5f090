"""Scores in trouble: how many pages of each kind are read right.

    python -m tests.benchmarks.score.troubled [KIND ...] [--all] [--pictures DIR]
    python -m tests.benchmarks.score.troubled [KIND ...] --program LIVEFOLLOW [--program OTHER]

Kinds of five groups are made of our own test scores: `pages` are framed, streaked, written on, or two on a sheet;
`chamber` music has soloists beside the piano (engraved by LilyPond, left out without it); `picture`s are inverted,
shaded, cut out, dithered, faint, noisy, askew; a `document` comes turned, without a resolution, as a folder, for four
hands, or is misread; `phone` pictures are bent, curled, seen from the side, shaded. What is right is said in the module
of each group. Prints pages right and tried by kind. With --program, the programs named (commands or their paths, of any
version) are run on three further variants of every kind instead, and compared.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import cv2

from livefollow.draw.strip import draw_systems
from tests.benchmarks.score.troubled import chamber, document, further, pages, phone, picture
from tests.benchmarks.score.troubled.trial import Trial, Trials


def kinds() -> dict[tuple[str, str], Trials]:
    """Every kind by its group and name."""
    groups = {"pages": pages.trials(), "picture": picture.trials(), "document": document.trials()}
    groups["phone"] = picture.trials(phone.KINDS)
    if shutil.which("lilypond"):
        groups["chamber"] = chamber.trials()
    return {(group, name): made for group, named in groups.items() for name, made in named.items()}


def draw(trial: Trial, path: Path) -> None:
    """Write the pages that are wrong, what was found drawn onto them, to files whose names begin with `path`."""
    for page, found in trial.wrong:
        cv2.imwrite(f"{path}-{trial.name}-{page.number}.png".replace(" ", "_"), draw_systems(page, found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="groups, or words in names of kinds; all by default")
    parser.add_argument("--all", action="store_true", help="more scores of each kind of pictures and documents")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="draw the pages that are wrong here")
    parser.add_argument("--program", action="append", metavar="LIVEFOLLOW", help="compare programs: see above")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    if args.program:
        for row in further.compare(args.program, args.kinds):
            print(row, flush=True)
        return
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    all_right = all_tried = 0
    print("| kind | right | of | CPU s a page | wrong |\n|---|---:|---:|---:|---|")
    for (group, name), made in kinds().items():
        if args.kinds and not any(word == group or word in name for word in args.kinds):
            continue
        trials = list(made(args.all))
        if args.pictures:
            for trial in trials:
                draw(trial, args.pictures / name.replace("/", "-"))
        right, tried = sum(t.right for t in trials), sum(t.tried for t in trials)
        all_right, all_tried = all_right + right, all_tried + tried
        seconds = sum(t.seconds for t in trials) / tried
        wrong = "; ".join(t.complaint for t in trials if t.complaint)
        print(f"| {group}, {name} | {right} | {tried} | {seconds:.2f} | {wrong} |", flush=True)
    print(f"| all | {all_right} | {all_tried} | | |")


if __name__ == "__main__":
    main()
