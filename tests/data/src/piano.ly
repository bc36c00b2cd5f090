\version "2.24.0"
% Own music, CC0. Two pages of grand staff: title, dynamics, fingerings, pedal text, tempo words, slurs.
\header { title = "Evening by the Canal" subtitle = "for piano" composer = "livefollow, test score" tagline = ##f }
\paper { #(set-paper-size "a4") ragged-last-bottom = ##f }
theme = \relative c'' { a4-1( c8-2 b a4) | e'4.-5( d8 c4) | b4( d8 c b a) | gis2.-1 }
answer = \relative c'' { c8-1( d e-3 d c b) | a4( f'-4 d) | c8( b a gis a b) | a2. }
middle = \relative c'' { <c e>4-.\mf <b d>-. <a c>-. | <g b>2.-> | f8\<( a c f e d) | e2.\! }
right = {
  \tempo "Andante con moto" 4 = 92
  \theme \answer \break \transpose a c' \theme \break \transpose a c' \answer \break
  \middle \break \transpose c d \middle \break \theme \pageBreak
  \middle \break \transpose c a, \middle \break \theme \break \transpose a e' \answer \break \answer \bar "|."
}
waltz = { a,4\sustainOn <e a c'>\sustainOff <e a c'> | a,4 <e a c'> <e a c'> | d4 <f a d'> <f a d'> | e4 <gis b d'> <gis b d'> }
steps = { f,8_5( c f a f c) | c,( g, c e c g,) | d,( a, d f d a,) | e,2_\markup { \italic "Ped. simile" } r4 }
left = {
  \waltz \waltz \waltz \waltz \steps \steps \waltz
  \steps \steps \waltz \transpose a e \waltz \waltz
}
dynamics = { s2.*4\p s2.*4\< s2.*4\f s2.*4\> s2.*8\mp s2.*4\pp s2.*8\mf s2.*8\dim s2.*4\ppp }
\score {
  \new PianoStaff <<
    \new Staff { \key a \minor \time 3/4 \right }
    \new Dynamics \dynamics
    \new Staff { \key a \minor \time 3/4 \clef bass \left }
  >>
}
