"""Draw varied looks of LilyPond: staff sizes, pages, spacing and line weights other than the source's."""

from __future__ import annotations

import re

import numpy as np

from livefollow.train.data.engraving.lilypond_noteheads import SETTINGS

# What a source fixes about its page, and a varied look must be free to choose.
PAGE_SETTINGS = re.compile(
    r"^[ \t]*(?:line-width|indent|short-indent|(?:left|right|top|bottom|inner|outer)-margin|paper-(?:width|height)"
    r"|system-count|page-count|systems-per-page|(?:min|max)-systems-per-page|ragged-(?:right|last|bottom|last-bottom)"
    r"|between-system-(?:padding|space)|page-breaking|two-sided)[ \t]*=[ \t]*#?[^\n{}%]*$",
    re.MULTILINE,
)


OCTAVE_LINES = 1  # of a look's random streams: drawn apart, so that what else is drawn stays the same
# Of an octave line that goes on at the next system: without its text.
SILENT = """    \\override OttavaBracket.after-line-breaking = #(lambda (line)
      (let ((whole (ly:grob-original line)))
        (if (and (ly:grob? whole) (pair? (ly:spanner-broken-into whole))
                 (not (eq? line (car (ly:spanner-broken-into whole)))))
            (ly:grob-set-property! line 'text empty-markup))))"""


def octave_lines(random: np.random.Generator) -> str:
    """Draw what octave lines look like: settings of the Staff context."""
    rows = [
        f"    \\override OttavaBracket.dash-period = {random.uniform(0.3, 1.2):.2f}",
        f"    \\override OttavaBracket.dash-fraction = {random.uniform(0.25, 0.7):.2f}",
        f"    \\override OttavaBracket.thickness = {random.uniform(0.6, 1.6):.2f}",
    ]
    if random.random() < 0.5:
        rows.append("    ottavationMarkups = #ottavation-ordinals")
    if random.random() < 0.4:
        rows.append(SILENT)
    return "\n".join(rows)


def without_page_settings(text: str) -> str:
    """Remove a source's own page settings."""
    return PAGE_SETTINGS.sub("", text)


def look_settings(seed: int) -> str:
    """Make a LilyPond file that includes `noteheads.ily` and sets a look; the source's line breaks are ignored."""
    random = np.random.default_rng(seed)
    size = round(float(random.uniform(14, 26)), 1)
    paper = random.choice(["a4", "letter", "b4", "a4landscape"], p=[0.5, 0.25, 0.15, 0.1])
    side = float(random.uniform(6, 24))
    margins = [side, side + float(random.uniform(-3, 3)), *random.uniform(6, 20, 2)]
    ragged = "##t" if random.random() < 0.15 else "##f"
    lines = octave_lines(np.random.default_rng([seed, OCTAVE_LINES]))
    weight = {"StaffSymbol": (0.7, 1.5), "Stem": (0.9, 1.8), "BarLine": (0.8, 1.6)}
    staff, stem, bar = (float(random.uniform(low, high)) for low, high in weight.values())
    return f"""\\version "2.24.0"
\\include "{SETTINGS.resolve().as_posix()}"
#(set-default-paper-size "{paper}")
#(set-global-staff-size {size})
#(define (set-default-paper-size . ignored) #f)
#(define (set-global-staff-size . ignored) #f)
#(define (layout-set-staff-size . ignored) #f)
break = {{}}
noBreak = {{}}
\\paper {{
  left-margin = {margins[0]:.1f}\\mm
  right-margin = {max(4.0, margins[1]):.1f}\\mm
  top-margin = {margins[2]:.1f}\\mm
  bottom-margin = {margins[3]:.1f}\\mm
  ragged-right = {ragged}
  ragged-last = {"##t" if random.random() < 0.3 else "##f"}
  ragged-bottom = {"##t" if random.random() < 0.5 else "##f"}
  system-system-spacing.padding = {random.uniform(1, 5):.1f}
}}
\\layout {{
  indent = {random.choice([0, 0, 12, 20])}\\mm
  \\context {{
    \\Score
    \\override SpacingSpanner.spacing-increment = {random.uniform(1.0, 1.7):.2f}
    \\override SpacingSpanner.shortest-duration-space = {random.uniform(1.6, 2.6):.2f}
    \\override SpacingSpanner.strict-note-spacing = {"##t" if random.random() < 0.1 else "##f"}
  }}
  \\context {{
    \\Staff
    \\override StaffSymbol.thickness = {staff:.2f}
    \\override BarLine.hair-thickness = {1.9 * bar:.2f}
{lines}
  }}
  \\context {{
    \\Voice
    \\override Stem.thickness = {1.3 * stem:.2f}
    \\override Beam.beam-thickness = {random.uniform(0.4, 0.55):.2f}
  }}
  \\context {{
    \\PianoStaff
    \\override StaffGrouper.staff-staff-spacing.padding = {random.uniform(0.5, 3):.1f}
  }}
}}
"""
