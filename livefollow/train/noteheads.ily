%% Included before a score (-dinclude-settings): writes one line per notehead to STEM.noteheads.
%%
%% score, onset (whole notes), grace part of the onset, duration, MIDI pitch, staff position (half spaces above the
%% middle line), tied (1: the continuation of a tie, no new sound), file, line, char: tab-separated.
%% File, line and char are those of the point-and-click link LilyPond puts on the notehead.
\version "2.24.0"

#(define noteheads-port #f)
#(define noteheads-scores (make-hash-table))
#(define noteheads-score-count 0)

#(define (noteheads-write . cells)
  (if (not noteheads-port)
      (set! noteheads-port (open-output-file (string-append (ly:parser-output-name) ".noteheads"))))
  (format noteheads-port "~{~a~^\t~}\n" cells))

%% Scores are numbered in the order LilyPond interprets them: that of the book.
#(define (noteheads-score-number context)
  (let* ((score (ly:context-find context 'Score))
         (known (hashq-ref noteheads-scores score)))
    (or known
        (begin
          (set! noteheads-score-count (1+ noteheads-score-count))
          (hashq-set! noteheads-scores score noteheads-score-count)
          noteheads-score-count))))

#(define (noteheads-engraver context)
  (let ((heads '())
        (tied (make-hash-table))
        (score 0))
    (make-engraver
     ((initialize engraver)
      (set! score (noteheads-score-number context)))
     (acknowledgers
      ((note-head-interface engraver grob source)
       (set! heads (cons (cons grob (ly:context-current-moment context)) heads))))
     (end-acknowledgers
      ((tie-interface engraver grob source)
       (hashq-set! tied (ly:spanner-bound grob RIGHT) #t)))
     ;; Only now is it known which heads are tied to an earlier one, and which were hidden on the way.
     ((finalize engraver)
      (for-each
       (lambda (entry)
        (let* ((grob (car entry))
               (now (cdr entry))
               (event (event-cause grob))
               (pitch (and event (ly:event-property event 'pitch)))
               (origin (and event (ly:event-property event 'origin))))
         (if (and (ly:pitch? pitch)
                  (ly:input-location? origin)
                  (not (eq? #t (ly:grob-property-data grob 'transparent))))
             (let ((place (ly:input-file-line-char-column origin)))
              (noteheads-write
               score
               (ly:moment-main now)
               (ly:moment-grace now)
               (ly:moment-main (ly:event-property event 'length))
               (+ 60 (round (ly:pitch-semitones pitch)))
               (ly:grob-property grob 'staff-position 0)
               (if (hashq-ref tied grob) 1 0)
               (car place) (cadr place) (caddr place))))))
       (reverse heads))
      (if noteheads-port (force-output noteheads-port))))))

%% Repeats are read as printed, once: unfolded ones would be engraved twice where a MIDI score shares the music.
unfoldRepeats = #(define-music-function (music) (ly:music?) music)

\layout {
  \context { \Voice \consists #noteheads-engraver }
  \context { \CueVoice \consists #noteheads-engraver }
}
