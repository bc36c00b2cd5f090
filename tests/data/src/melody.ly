\version "2.24.0"
% Own music, CC0. One staff a system.
\header { title = "Cycling to Leiden" tagline = ##f }
\paper { #(set-paper-size "a4") ragged-last-bottom = ##t }
part = \relative c'' {
  g8 a b c d4 b | e8 d c b a4 d, | g8 a b c d e fis g | a4 fis d2 |
  r8 d e fis g4 e | c8 b a g fis4 a | g8. b16 d8. g16 b,4 a | g2. r4 | \break
}
{ \key g \major \tempo 4 = 112 \part \transpose g d \part \part \transpose g c \part \part \bar "|." }
