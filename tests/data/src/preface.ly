\version "2.24.0"
% Own words and music, CC0. A cover and a preface without music, then a page of music.
\paper { #(set-paper-size "a4") ragged-last-bottom = ##t }
\header { tagline = ##f }
\bookpart {
  \markup \vspace #14
  \markup \fill-line { \abs-fontsize #36 \bold "Three Small Pieces" }
  \markup \vspace #3
  \markup \fill-line { \draw-line #'(70 . 0) }
  \markup \vspace #3
  \markup \fill-line { \abs-fontsize #18 "for a patient reader" }
  \markup \vspace #30
  \markup \fill-line { "livefollow, test score" }
}
\bookpart {
  \markup \fill-line { \abs-fontsize #20 "Preface" }
  \markup \vspace #2
  \markuplist \justified-lines {
    These pieces were written so that a program may learn what is not music. A cover has a title and a rule; a preface has
    lines of words, evenly spaced, as wide as a staff and no staff at all. Whoever looks for five parallel lines should find
    none on this page, however long it gets, and should turn to the next one without complaint. The words go on for a while,
    for a page of print is seldom short. They tell how the pieces came to be: in one evening, with a pencil, for no occasion.
    They tell how they may be played: softly, with little pedal, and not too fast. And they thank nobody, which is rare in a
    preface, since nobody helped; but the reader who came this far may take the thanks that are left over.
  }
  \markup \vspace #2
  \markup \fill-line { \box \pad-markup #1 \column { "Contents" "1. Morning" "2. Noon" "3. Night" } }
}
\bookpart {
  \header { title = "1. Morning" }
  \score {
    \new PianoStaff <<
      \new Staff \relative c'' { \key d \major \time 6/8 \repeat unfold 6 { d8 fis a a fis d | e g b a4. | fis8 e d cis d e | d4. a | } \bar "|." }
      \new Staff \relative c { \key d \major \clef bass \repeat unfold 6 { d4. a' | g a | d, a | d d | } }
    >>
  }
}
