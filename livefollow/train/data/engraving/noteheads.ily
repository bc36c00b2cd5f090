%% Included before a score (-dinclude-settings): tells about a score what no picture says.
%%
%% Each notehead, bar line, clef, key and time signature is printed with a link over it (http://livefollow/KIND/...),
%% so that the PDF says where it stands; noteheads are numbered there. STEM.noteheads has a line per fact, its cells
%% separated by tabs, times in whole notes:
%%
%%   head   score id onset grace length pitch step alter position tied small voice staff log dots scale ornaments
%%   bar    score onset                         a bar begins
%%   line   score onset glyph                   a bar line, its glyph in the middle of a line
%%   volta  score onset end text                a bracket of a first, second, ... ending
%%   tempo  score onset whole-notes-a-minute
%%   time   score onset numerator/denominator
%%   key    score onset staff fifths            sharps, less flats
%%   clef   score onset staff glyph position transposition
%%
%% position: half spaces above the staff's middle line; step: diatonic steps above middle C; alter: semitones;
%% tied: 1 for the continuation of a tie, no new sound; small: 1 when smaller than usual; log, dots, scale: the note
%% value as printed (log 2 is a quarter) and the factor of its tuplet.
\version "2.24.0"

#(define livefollow-port #f)
#(define livefollow-scores '())
#(define livefollow-staves '())
#(define livefollow-heads 0)
#(define livefollow-voices 0)

#(define (livefollow-write . cells)
  (if (not livefollow-port)
      (set! livefollow-port (open-output-file (string-append (ly:parser-output-name) ".noteheads"))))
  (format livefollow-port "~{~a~^\t~}\n" cells)
  (force-output livefollow-port))

%% Contexts are numbered in the order LilyPond interprets them: scores in that of the book.
#(define (livefollow-score-number context)
  (let ((score (ly:context-find context 'Score)))
    (if (not (memq score livefollow-scores))
        (set! livefollow-scores (append livefollow-scores (list score))))
    (list-index (lambda (s) (eq? s score)) livefollow-scores)))

#(define (livefollow-staff-number context)
  (let ((staff (ly:context-find context 'Staff)))
    (if (not (memq staff livefollow-staves))
        (set! livefollow-staves (append livefollow-staves (list staff))))
    (list-index (lambda (s) (eq? s staff)) livefollow-staves)))

%% The stencil is evaluated once a printed piece of the grob: where a line is broken there may be two bar lines or none.
#(define (livefollow-link! grob address)
  (let ((stencil (ly:grob-property-data grob 'stencil)))
    (if (or (procedure? stencil) (ly:stencil? stencil))
        (ly:grob-set-property! grob 'stencil
         (lambda (piece)
          (let ((drawn (if (procedure? stencil) (stencil piece) stencil)))
            (if (and (ly:stencil? drawn) (not (ly:stencil-empty? drawn)))
                (let ((x (ly:stencil-extent drawn X))
                      (y (ly:stencil-extent drawn Y)))
                  (ly:stencil-add drawn
                   (ly:make-stencil
                    (list 'url-link (string-append "http://livefollow/" (address piece)) x y) x y)))
                drawn)))))))

#(define (livefollow-codes glyph)
  (if (string? glyph) (string-join (map (lambda (c) (number->string (char->integer c))) (string->list glyph)) "-") ""))

#(define (livefollow-ornaments events)
  (filter-map
   (lambda (event)
    (let ((class (ly:event-property event 'class)))
     (cond ((memq 'articulation-event class) (format #f "~a" (ly:event-property event 'articulation-type)))
           ((memq 'arpeggio-event class) "arpeggio")
           ((memq 'trill-span-event class) (if (eqv? START (ly:event-property event 'span-direction)) "trill" #f))
           (else #f))))
   events))

#(define (livefollow-voice-engraver context)
  (let ((heads '())
        (tied (make-hash-table))
        (ornaments (make-hash-table))
        (score 0)
        (voice 0))
    (define (ornament! event)
     (let ((now (ly:context-current-moment context)))
      (hash-set! ornaments now (append (hash-ref ornaments now '()) (livefollow-ornaments (list event))))))
    (make-engraver
     ((initialize engraver)
      (set! score (livefollow-score-number context))
      (set! voice livefollow-voices)
      (set! livefollow-voices (1+ livefollow-voices)))
     (listeners
      ((articulation-event engraver event) (ornament! event))
      ((arpeggio-event engraver event) (ornament! event))
      ((trill-span-event engraver event) (ornament! event)))
     (acknowledgers
      ((note-head-interface engraver grob source)
       (let ((id livefollow-heads))
        (set! livefollow-heads (1+ id))
        (livefollow-link! grob (lambda (piece) (format #f "head/~a" id)))
        (set! heads
         (cons (list id grob (ly:context-current-moment context) (livefollow-staff-number context)) heads)))))
     (end-acknowledgers
      ((tie-interface engraver grob source)
       (hashq-set! tied (ly:spanner-bound grob RIGHT) #t)))
     ;; Only now is it known which heads are tied to an earlier one, and which were hidden on the way.
     ((finalize engraver)
      (for-each
       (lambda (entry)
        (let* ((id (car entry))
               (grob (cadr entry))
               (now (caddr entry))
               (event (event-cause grob))
               (pitch (and event (ly:event-property event 'pitch)))
               (duration (and event (ly:event-property event 'duration)))
               (size (ly:grob-property grob 'font-size 0)))
         (if (and (ly:pitch? pitch)
                  (ly:duration? duration)
                  (not (eq? #t (ly:grob-property-data grob 'transparent))))
             (livefollow-write
              "head" score id (ly:moment-main now) (ly:moment-grace now)
              (ly:moment-main (ly:event-property event 'length))
              (+ 60 (round (ly:pitch-semitones pitch)))
              (ly:pitch-steps pitch) (* 2 (ly:pitch-alteration pitch))
              (ly:grob-property grob 'staff-position 0)
              (if (hashq-ref tied grob) 1 0)
              (if (and (number? size) (< size -1.5)) 1 0)
              voice (cadddr entry)
              (ly:duration-log duration) (ly:duration-dot-count duration) (ly:duration-scale duration)
              (string-join
               (append (hash-ref ornaments now '())
                       (livefollow-ornaments (ly:event-property event 'articulations '())))
               ",")))))
       (reverse heads))))))

#(define (livefollow-score-engraver context)
  (let ((score 0)
        (tempo #f)
        (time #f)
        (lines '())
        (voltas '()))
    (define (now) (ly:moment-main (ly:context-current-moment context)))
    (define (prefix! grob)
     (livefollow-link! grob (lambda (piece) (format #f "prefix/~a" (ly:item-break-dir piece)))))
    (make-engraver
     ((initialize engraver)
      (set! score (livefollow-score-number context)))
     (acknowledgers
      ((bar-line-interface engraver grob source)
       (if (eq? 'BarLine (grob::name grob))
        (begin
         (set! lines (cons (cons (now) grob) lines))
         (livefollow-link! grob
          (lambda (piece) (format #f "bar/~a" (livefollow-codes (ly:grob-property piece 'glyph-name))))))))
      ((clef-interface engraver grob source) (prefix! grob))
      ((key-signature-interface engraver grob source) (prefix! grob))
      ((time-signature-interface engraver grob source) (prefix! grob))
      ((volta-bracket-interface engraver grob source)
       (set! voltas (cons (list grob (now) #f) voltas))))
     (end-acknowledgers
      ((volta-bracket-interface engraver grob source)
       (let ((entry (assq grob voltas)))
        (if entry (set-car! (cddr entry) (now))))))
     ((stop-translation-timestep engraver)
      (let ((position (ly:context-property context 'measurePosition))
            (speed (ly:context-property context 'tempoWholesPerMinute))
            (fraction (ly:context-property context 'timeSignatureFraction))
            (grace (ly:moment-grace (ly:context-current-moment context))))
       (if (and (ly:moment? position) (zero? grace) (zero? (ly:moment-main position)) (zero? (ly:moment-grace position)))
           (livefollow-write "bar" score (now)))
       (if (and (ly:moment? speed) (not (equal? speed tempo)))
           (begin (set! tempo speed) (livefollow-write "tempo" score (now) (ly:moment-main speed))))
       (if (and (pair? fraction) (not (equal? fraction time)))
           (begin
            (set! time fraction)
            (livefollow-write "time" score (now) (format #f "~a/~a" (car fraction) (cdr fraction)))))))
     ((finalize engraver)
      (for-each
       (lambda (line)
        (let ((glyph (ly:grob-property-data (cdr line) 'glyph)))
         (livefollow-write "line" score (car line) (if (string? glyph) glyph ""))))
       (reverse lines))
      (for-each
       (lambda (entry)
        (let ((text (ly:grob-property (car entry) 'text)))
         (livefollow-write "volta" score (cadr entry) (or (caddr entry) (now))
          (if (markup? text) (markup->string text) ""))))
       (reverse voltas))))))

#(define (livefollow-staff-engraver context)
  (let ((score 0)
        (staff 0)
        (key #f)
        (clef #f))
    (make-engraver
     ((initialize engraver)
      (set! score (livefollow-score-number context))
      (set! staff (livefollow-staff-number context)))
     ((stop-translation-timestep engraver)
      (let ((now (ly:moment-main (ly:context-current-moment context)))
            (alterations (ly:context-property context 'keyAlterations '()))
            (sign (list (ly:context-property context 'clefGlyph)
                        (ly:context-property context 'clefPosition)
                        (ly:context-property context 'clefTransposition 0))))
       (if (not (equal? alterations key))
           (begin
            (set! key alterations)
            (livefollow-write "key" score now staff
             (apply + (map (lambda (a) (if (number? (cdr a)) (* 2 (cdr a)) 0)) alterations)))))
       (if (not (equal? sign clef))
           (begin (set! clef sign) (apply livefollow-write "clef" score now staff sign))))))))

%% Repeats are read as printed, once: unfolded ones would be engraved twice where a MIDI score shares the music.
unfoldRepeats = #(define-music-function (music) (ly:music?) music)

\layout {
  \context { \Voice \consists #livefollow-voice-engraver }
  \context { \CueVoice \consists #livefollow-voice-engraver }
  \context { \Staff \consists #livefollow-staff-engraver }
  \context { \Score \consists #livefollow-score-engraver }
}
