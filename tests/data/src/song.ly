\version "2.24.0"
% Own music and words, CC0. Voice with two lines of lyrics over a grand staff: three staves a system.
\header { title = "The Page Turns" composer = "livefollow, test score" tagline = ##f }
\paper { #(set-paper-size "a4") ragged-last-bottom = ##t }
tune = \relative c' { f4 a c a | bes2 g | c4 bes a g | f2. r4 | a4 c f c | d2 bes | a4 g a bes | f2. r4 }
wordsOne = \lyricmode { The lamp is lit, the keys are cold, the eve -- ning waits for me; a mea -- sure more, a tale is told, the page turns qui -- et -- ly. }
wordsTwo = \lyricmode { The lamp burns low, the tune is known, the fin -- gers find their way; the leaf has turned, and not a -- lone, I play, I play, I play __ }
right = \relative c' { r8 <a' c> r <a c> r <a c> r <a c> | r <bes d> r <bes d> r <bes e> r <bes e> | }
left = \relative c { f4 c f c | bes f' c g | }
\score {
  <<
    \new Staff \with { instrumentName = "Voice" } <<
      \new Voice = "tune" { \key f \major \repeat unfold 3 { \tune \break } }
      \new Lyrics \lyricsto "tune" { \wordsOne \wordsOne \wordsOne }
      \new Lyrics \lyricsto "tune" { \wordsTwo \wordsTwo \wordsTwo }
    >>
    \new PianoStaff \with { instrumentName = "Piano" } <<
      \new Staff { \key f \major \repeat unfold 12 \right \bar "|." }
      \new Staff { \key f \major \clef bass \repeat unfold 12 \left }
    >>
  >>
}
