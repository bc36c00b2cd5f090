\version "2.24.0"
% Own music, CC0. Ledger lines far above and below, an octave line, cross-staff notes, voltas, level beams.
\header { title = "From Cellar to Attic" composer = "livefollow, test score" tagline = ##f }
\paper { #(set-paper-size "a4") ragged-last-bottom = ##t }
\layout { \context { \Score \override SpacingSpanner.base-shortest-duration = #(ly:make-moment 1/16) } }
up = \change Staff = "up"
down = \change Staff = "down"
right = {
  \repeat volta 2 { c''''8 d'''' e'''' f'''' g'''' f'''' e'''' d'''' | }
  \alternative { { c''''2 g'''' | } { a''''2 e'''' | } } \break
  \ottava 1 e''''8 f'''' g'''' a'''' b'''' a'''' g'''' f'''' | e''''4 d'''' c'''' b''' \ottava 0 | <e'' g'' c''''>2 <d'' f'' b'''> \break
  s1*3 \break
  g''16 g'' g'' g'' g'' g'' g'' g'' g''2 | <a c' e'>4 <g b d'> <f a c'> <e g b> | c''''1 | \bar "|."
}
left = {
  c,8 b,, a,, g,, f,, g,, a,, b,, | c,2 e,, | c,2 a,, |
  \ottava -1 c,,8 d,, e,, f,, g,, f,, e,, d,, | c,,4 d,, e,, f,, \ottava 0 | <c,, c,>2 <g,, g,>
  \repeat unfold 3 { \voiceOne c16 g c' \up e' g' c'' e'' g'' c''' g'' e'' c'' \down g e c g, }
  \oneVoice c,16 c, c, c, c, c, c, c, c,2 | e'4 f' g' a' | <c,, c,>1 |
}
\score {
  \new PianoStaff <<
    \new Staff = "up" { \right }
    \new Staff = "down" { \clef bass \left }
  >>
}
