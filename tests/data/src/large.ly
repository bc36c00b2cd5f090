\version "2.24.0"
% Own music, CC0. Staff size 26; indent, ragged right last system.
#(set-global-staff-size 26)
\header { title = "Study in Large Print" opus = "No. 26" tagline = ##f }
\paper { #(set-paper-size "a4") indent = 25\mm ragged-last = ##t ragged-last-bottom = ##t }
run = \relative c'' { bes16 c d ees f g a bes a g f ees d c bes a }
turn = \relative c'' { bes8 d f bes a f d c }
bass = \relative c { <bes d f>4 r <f a c ees> r }
\score {
  \new PianoStaff \with { instrumentName = "Piano" } <<
    \new Staff { \key bes \major \repeat unfold 5 { \run \turn \transpose bes ees' \turn \run } bes'1 \bar "|." }
    \new Staff { \key bes \major \clef bass \repeat unfold 5 { \bass \bass \transpose bes ees' \bass \bass } <bes, bes>1 }
  >>
}
