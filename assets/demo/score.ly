\version "2.24.0"
% Two public-domain keyboard pieces in a typesetting of our own, which is given away under CC0.

#(set-global-staff-size 18)

\header {
  title = "Prelude and Minuet"
  tagline = \markup \small "Music: public domain. Typesetting: livefollow, CC0."
}

\paper {
  #(set-paper-size "a4")
  top-margin = 14\mm
  bottom-margin = 14\mm
  left-margin = 15\mm
  right-margin = 15\mm
  indent = 8\mm
  ragged-last-bottom = ##f
  print-page-number = ##t
  scoreTitleMarkup = \markup \column {
    \vspace #0.5
    \fill-line { \fromproperty #'header:opus \bold \large \fromproperty #'header:piece \fromproperty #'header:composer }
    \vspace #0.5
  }
}

% --- Prelude: one broken chord of five notes a bar, played twice ---

% The right hand's three notes and the left hand's two, as they stand in every bar but the last three.
treble = #(define-music-function (one two three) (ly:pitch? ly:pitch? ly:pitch?)
  #{ \repeat unfold 2 { r8 $one 16 $two $three $one $two $three } #})
tenor = #(define-music-function (note) (ly:pitch?) #{ \repeat unfold 2 { r16 $note 8. ~ $note 4 } #})
bass = #(define-music-function (note) (ly:pitch?) #{ \repeat unfold 2 { $note 2 } #})

preludeRight = {
  \treble g' c'' e''
  \treble a' d'' f''
  \treble g' d'' f''
  \treble g' c'' e''
  \treble a' e'' a''
  \treble fis' a' d''
  \treble g' d'' g''
  \treble e' g' c''
  \treble e' g' c''
  \treble d' fis' c''
  \treble d' g' b'
  \treble e' g' cis''
  \treble d' a' d''
  \treble d' f' b'
  \treble c' g' c''
  \treble a c' f'
  \treble a c' f'
  \treble g b f'
  \treble g c' e'
  \treble bes c' e'
  \treble a c' e'
  \treble a c' ees'
  \treble b c' d'
  \treble g b d'
  \treble g c' e'
  \treble g c' f'
  \treble g b f'
  \treble a c' fis'
  \treble g c' g'
  \treble g c' f'
  \treble g b f'
  \treble g bes e'
  r8 f16 a c' f' c' a c' a f a f d f d
  r8 g'16 b' d'' f'' d'' b' d'' b' g' b' d' f' e' d'
  <e' g' c''>1 \bar "|."
}

preludeTenor = {
  \tenor e' \tenor d' \tenor d' \tenor e'
  \tenor e' \tenor d' \tenor d' \tenor c'
  \tenor c' \tenor a \tenor b \tenor bes
  \tenor a \tenor aes \tenor g \tenor f
  \tenor f \tenor d \tenor e \tenor g
  \tenor f \tenor c \tenor f \tenor f
  \tenor e \tenor d \tenor d \tenor ees
  \tenor e \tenor d \tenor d \tenor c
  r16 c8. ~ c4 ~ c2
  r16 b,8. ~ b,4 ~ b,2
  c1
}

preludeBass = {
  \bass c' \bass c' \bass b \bass c'
  \bass c' \bass c' \bass b \bass b
  \bass a \bass d \bass g \bass g
  \bass f \bass f \bass e \bass e
  \bass d \bass g, \bass c \bass c
  \bass f, \bass fis, \bass aes, \bass g,
  \bass g, \bass g, \bass g, \bass g,
  \bass g, \bass g, \bass g, \bass c,
  c,1 c,1 c,1
}

preludeDynamics = {
  s1*4\p s1*4\< s1*3\mf s1*4\> s1*4\p
  s1*4\mp s1*4\< s1*4\f s1*2\> s1\p
}

preludeLines = {
  \repeat unfold 5 { s1*3 \break } s1*3 \pageBreak
  \repeat unfold 5 { s1*3 \break }
}

minuetLines = { \repeat unfold 5 { s2.*5 \break } }

% --- Minuet ---

minuetRight = {
  d''4\mf( g'8 a' b' c'' | d''4) g'-. g'-. | e''4( c''8 d'' e'' fis'' | g''4) g'-. g'-.
  c''4( d''8 c'' b' a' | b'4 c''8 b' a' g' | fis'4 g'8 a' b' g' | a'2.)
  d''4\p( g'8 a' b' c'' | d''4) g'-. g'-. | e''4( c''8 d'' e'' fis'' | g''4) g'-. g'-.
  c''4( d''8 c'' b' a' | b'4 c''8 b' a' g' | a'4 b'8 a' g' fis' | g'2.)
  \bar "||"
  b''4\f( g''8 a'' b'' g'' | a''4 d''8 e'' fis'' d'' | g''4 e''8 fis'' g'' d'' | cis''4 b'8 cis'' a'4)
  a'8\<( b' cis'' d'' e'' fis'' | g''4\! fis'' e'') | fis''4( a' cis'' | d''2.)
  d''4\p( g'8 fis' g'4) | e''4( g'8 fis' g'4) | d''4-. c''-. b'-. | a'8( g' fis' g' a'4)
  d'8\<( e' fis' g' a' b' | c''4\! b' a') | b'8\f( d'' g'4 fis') | <b d' g'>2. \bar "|."
}

minuetLeft = {
  <g b d'>2 a4 | b2. | c'2. | b2.
  a2. | g2. | d'4 b g | d'4 d8 c' b a
  b2 a4 | g4 b g | c'2. | b4 c'8 b a g
  a2 fis4 | g2 b4 | c'4 d' d | g2 g,4
  g2. | fis2. | e4 g e | a2 a,4
  a2. | b4 d' cis' | d'4 fis a | d'4 d c'
  << { r4 d'2 | r4 e'2 } \\ { b2 b4 | c'2 c'4 } >> | b4 a g | d'2 r4
  << { r4 r fis } \\ { d2. } >> | e4 g fis | g4 b, d | g4 d g,
}

\score {
  \header { piece = "Prelude in C major" composer = "Johann Sebastian Bach" opus = "BWV 846" }
  \new PianoStaff <<
    \new Staff { \time 4/4 \tempo "Andante" << \preludeRight \preludeLines >> }
    \new Dynamics \preludeDynamics
    \new Staff { \clef bass << \preludeTenor \\ \preludeBass >> }
  >>
  \layout { }
}

\pageBreak

\score {
  \header { piece = "Minuet in G major" composer = "Christian Petzold" opus = "BWV Anh. 114" }
  \new PianoStaff <<
    \new Staff { \key g \major \time 3/4 \tempo "Allegretto" << \minuetRight \minuetLines >> }
    \new Staff { \key g \major \time 3/4 \clef bass \minuetLeft }
  >>
  \layout { }
}
