"""Whether onsets sound where the truth says: `python -m tests.benchmarks.train.onset_truth --corpus DIR`.

Prints, per piano played dry, and per room and per drawn microphone (one piano heard there), the median and quartiles of
the time by which the steepest rise of the spectrum near a score onset is later than the truth, and how the sound is
levelled. `--data DIR` measures the recordings of a dataset instead, by style and piano; `--picture OUT.png` draws one
performance's frames, in a room, with its true onsets and jumps.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from livefollow.constants import SAMPLE_RATE
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.recordings import load_recording
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.sound.microphones import MicrophoneModel, draw_microphone
from livefollow.train.data.sound.mixing import Scene, frames, mix
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano, piano_names
from livefollow.train.data.sound.rooms import measured_response, room_names, simulated_responses
from livefollow.train.data.sound.sfz import PianoError
from tests.pieces import etude

WINDOW, HOP, LAG = 256, 55, 3
NEAR_S = 0.07


def offsets(sound: np.ndarray, onsets: np.ndarray) -> np.ndarray:
    """For each onset, seconds from it to the steepest rise of the log spectrum near it."""
    blocks = np.lib.stride_tricks.sliding_window_view(np.pad(sound, (WINDOW, WINDOW)), WINDOW)[::HOP]
    magnitude = np.log1p(1000 / WINDOW * np.abs(np.fft.rfft(blocks * np.hanning(WINDOW).astype(np.float32), axis=1)))
    rise = np.maximum(magnitude[LAG:] - magnitude[:-LAG], 0).sum(axis=1)
    # Between the middles of the two windows compared.
    times = ((np.arange(len(rise)) + LAG / 2) * HOP - WINDOW / 2) / SAMPLE_RATE
    found = []
    for onset in onsets:
        near = np.flatnonzero(np.abs(times - onset) < NEAR_S)
        if len(near):
            found.append(times[near[np.argmax(rise[near])]] - onset)
    return np.array(found)


def line(name: str, sound: np.ndarray, onsets: np.ndarray) -> str:
    sound = 0.5 * sound / np.abs(sound).max()
    found = 1000 * offsets(sound, onsets)
    low, median, high = np.percentile(found, (25, 50, 75))
    rms = 20 * np.log10(np.sqrt(np.mean(sound**2)) / 0.5)
    return f"{name:34s} {median:+6.1f} ms   quartiles {low:+6.1f} {high:+6.1f}   RMS {rms:6.1f} dB below the peak"


def measure_dataset(data: Path, most: int) -> None:
    """Median offset by style and piano, over up to `most` recordings drawn from all splits."""
    paths = sorted((data / "performances").glob("*/*/*.npz"))
    drawn = np.random.default_rng(0).permutation(len(paths))[:most]
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    for i in drawn:
        recording = load_recording(paths[i])
        late = 1000 * offsets(recording.sound(), recording.played.onsets["onset_s"])
        found[f"style {recording.style}"].append(late)
        found[f"piano {recording.piano}"].append(late)
    for name, parts in sorted(found.items()):
        low, median, high = np.percentile(np.concatenate(parts), (25, 50, 75))
        print(f"{name:28s} {len(parts):4d} recordings {median:+6.1f} ms   quartiles {low:+6.1f} {high:+6.1f}")


def picture(path: Path, corpus: Path) -> None:
    """A stumbling performance in a room, with its onsets (white) and jumps (green)."""
    played = play(etude(), PRESETS["stumbling"], np.random.default_rng(3))
    dry = open_piano("splendid", corpus).render(played.notes(), SAMPLE_RATE, played.tuning_hz)
    scene = Scene(
        measured_response(corpus, "EmptyApartmentBedroom", SAMPLE_RATE), [], MicrophoneModel(low_cut_hz=120.0)
    )
    heard = frames(mix(dry, scene, None, np.random.default_rng(0)))
    rows, row_frames, px, bin_px = 3, 240, 7, 5
    image = np.zeros((rows * (78 * bin_px + 24), row_frames * px, 3), np.uint8)
    for row in range(rows):
        part = heard[row * row_frames : (row + 1) * row_frames]
        grey = np.clip(255 * np.sqrt(part / np.percentile(heard, 99.9)), 0, 255).astype(np.uint8).T[::-1]
        colours = cv2.applyColorMap(np.ascontiguousarray(grey), cv2.COLORMAP_INFERNO)
        colours = cv2.resize(colours, (part.shape[0] * px, 78 * bin_px), interpolation=cv2.INTER_NEAREST)
        top = row * (78 * bin_px + 24)
        image[top : top + 78 * bin_px, : colours.shape[1]] = colours
        marks = [(t, (255, 255, 255)) for t in played.onsets["onset_s"]] + [(j.t, (0, 255, 0)) for j in played.jumps]
        for t, colour in marks:
            x = round((t * 20 - row * row_frames) * px)
            if 0 <= x < image.shape[1]:
                cv2.line(image, (x, top + 78 * bin_px), (x, top + 78 * bin_px + 20), colour, 2)
                image[top : top + 78 * bin_px : 6, x] = colour
    cv2.imwrite(str(path), image)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--most", type=int, default=60, help="recordings of the dataset")
    args = parser.parse_args()
    if args.data:
        measure_dataset(args.data, args.most)
        return
    if args.picture:
        picture(args.picture, args.corpus)
        return
    played = play(etude(), PRESETS["score"], np.random.default_rng(0))
    onsets = played.onsets["onset_s"]
    dry = {}
    for name in piano_names():
        try:
            dry[name] = open_piano(name, args.corpus).render(played.notes(), SAMPLE_RATE)
            print(line(name, dry[name], onsets))
        except PianoError as error:
            print(f"{name}: {error}")
    plain = MicrophoneModel()
    for name in room_names(args.corpus):
        response = measured_response(args.corpus, name, SAMPLE_RATE)
        heard = mix(dry[SCORE_PIANO], Scene(response, [], plain), None, np.random.default_rng(0))
        print(line(name, heard, onsets))
    for i, response in enumerate(simulated_responses(6, 1, SAMPLE_RATE)):
        heard = mix(dry[SCORE_PIANO], Scene(response, [], plain), None, np.random.default_rng(0))
        print(line(f"simulated {i}, {len(response) / SAMPLE_RATE:.2f} s", heard, onsets))
    for seed in range(6):
        microphone = draw_microphone(np.random.default_rng(seed))
        heard = mix(dry[SCORE_PIANO], Scene(None, [], microphone), None, np.random.default_rng(0))
        parts = f"{microphone.low_cut_hz:.0f} Hz, AGC {microphone.agc_s:.1f} s, gate {microphone.suppression_db:.0f} dB"
        print(line(parts, heard, onsets))


if __name__ == "__main__":
    main()
