from livefollow.train.data.engraving.lilypond_notation import with_fingers_beside

CONVERTED = """PartPOneVoiceOne =  {
    \\clef "treble" d''2 -1 <g' e'' g''>16 [ -1 -5 <a' f''>8 -3 cis'''16 ~ -4 ] a'4 | % 2
    b'8*5/4 -2 [ r4 ] e'4
    }
"""


def test_fingerings_stand_beside_the_heads_that_they_are_for():
    text = with_fingers_beside(CONVERTED, "left")
    assert "<d''-1>2" in text
    assert "<g'-1 e''-5 g''>16 [" in text
    assert "<a'-3 f''>8" in text
    assert "<cis'''-4>16 ~ ]" in text
    assert "<b'-2>8*5/4 [" in text
    assert "a'4 |" in text
    assert "e'4\n" in text
    assert text.count("fingeringOrientations = #'(left)") == 1
