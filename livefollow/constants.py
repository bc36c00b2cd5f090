"""The numbers that all parts of livefollow agree on. Imports nothing.

A model file contains the constants it was trained with; the loader refuses one that disagrees with these.
"""

# --- sound: 20 log-filterbank frames per second (paper, section 4.1) ---
SAMPLE_RATE = 22_050  # Hz, mono
FPS = 20  # frames per second
FRAME_SIZE = 2048  # samples per frame; frame i ends at sample round((i + 1) * SAMPLE_RATE / FPS)
BANDS_PER_OCTAVE = 12
FMIN, FMAX = 60.0, 6000.0  # Hz
N_BINS = 78  # bands that remain between FMIN and FMAX
# Beside it a frame has the same bands of the LONG_SIZE samples before its end, and of SHORT_SIZE samples before each of
# SHORT_VIEWS moments within its hop: low notes stand close together, and how a note begins takes less than a frame.
LONG_SIZE = 4096
SHORT_SIZE = 1024
SHORT_VIEWS = 4
N_VIEWS = 2 + SHORT_VIEWS  # in this order; the first is the paper's
FRAME_WIDTH = N_VIEWS * N_BINS  # numbers that a frame consists of
FRAME_RING_S = 30.0  # seconds of frames kept

# --- pitches: the piano's keys ---
N_PITCHES = 88
LOWEST_PITCH = 21  # MIDI number of the lowest key, A0

# --- picture: a strip of staff systems at a fixed staff space ---
STAFF_SPACE = 7  # px between two neighbouring staff lines of the strip
STRIP_HEIGHT = 160  # px, strip image (paper, section 4.1)
BAND_MARGIN = 6  # staff spaces kept above and below a staff in its band
BAND_HEIGHT = (4 + 2 * BAND_MARGIN) * STAFF_SPACE  # 112 px
COLUMN = 4  # strip px per reader column: notes in runs stand 15 px apart
WINDOW = 512  # strip px of score around the cursor
TRACKING_WINDOW = 170  # b, strip px: further off counts as lost (paper, section 4.1)
CM_PER_PX = 2.54 / 72  # the paper's conversion of strip px to "cm"

# --- limits on untrusted scores ---
MAX_FILE_BYTES = 200 * 2**20
MAX_PAGES = 2000
MAX_PAGE_PT = 5000.0  # longest page side, points
MAX_RASTER_PX = 16_000_000  # pixels of one rasterised page
PAGE_TIMEOUT_S = 10.0
CHILD_MEMORY_BYTES = 2**30
ANALYSIS_PX = 3_870_000  # pixels of the raster in which staves are looked for: A4 at 200 dpi
