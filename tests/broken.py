"""Broken files: small good PDFs to start from, and a deterministic stream of mutations of a file's bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"1e9",
    b"99999999999999999999",
    b"2147483647",
    b"-2147483648",
    b"0.0000001",
    b"65536",
)


def make_pdf(pages: int = 1, *, box: str = "0 0 595 842", content: bytes = b"", extra: str = "") -> bytes:
    """A plain PDF, uncompressed, with five lines and some blots on each page.

    Args:
        pages: how many.
        box: of each page's /MediaBox.
        content: operators in place of the lines.
        extra: further entries of each page's dictionary.
    """
    lines = b"".join(b"50 %d m 545 %d l S " % (y, y) for y in range(700, 735, 7))
    content = content or b"0.5 w " + lines + b"".join(b"%d 703 6 5 re f " % x for x in range(80, 500, 40))
    kids = " ".join(f"{4 + i} 0 R" for i in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 3 0 R {extra} >>".encode()] * pages,
    ]
    return join_objects(objects)


def join_objects(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def make_endless_pdf(levels: int = 14, fan: int = 10) -> bytes:
    """One page that draws a form `fan` times, which draws another as often, `levels` deep: it would take for ever."""
    resources = "/Resources << /XObject << /F %d 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {resources % 5} >>".encode(),
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]
    for level in range(levels):
        body = "/F Do " * fan if level < levels - 1 else "0 0 500 500 re f"
        form = f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources % (6 + level)} /Length {len(body)} >>"
        objects.append(f"{form}\nstream\n{body}\nendstream".encode())
    return join_objects(objects)


def flip_bits(data: bytes, rng: random.Random) -> bytes:
    """One to a hundred bits anywhere."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 30, 100))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def truncate(data: bytes, rng: random.Random) -> bytes:
    """The end is missing, sometimes the beginning."""
    cut = rng.randrange(len(data))
    return data[cut:] if rng.random() < 0.2 else data[:cut]


def delete_chunk(data: bytes, rng: random.Random) -> bytes:
    """Some bytes out of the middle."""
    start, length = chunk(data, rng)
    return data[:start] + data[start + length :]


def duplicate_chunk(data: bytes, rng: random.Random) -> bytes:
    """Some bytes again, elsewhere."""
    start, length = chunk(data, rng)
    place = rng.randrange(len(data))
    return data[:place] + data[start : start + length] * rng.choice((1, 2, 20)) + data[place:]


def swap_chunks(data: bytes, rng: random.Random) -> bytes:
    """Two neighbouring pieces change places."""
    start, length = chunk(data, rng)
    half = start + length // 2
    return data[:start] + data[half : start + length] + data[start:half] + data[start + length :]


def tamper_numbers(data: bytes, rng: random.Random) -> bytes:
    """Numbers outside streams become odd ones."""
    streams = [match.span(1) for match in STREAM.finditer(data)]
    spans = [m.span() for m in NUMBER.finditer(data) if not any(a <= m.start() < b for a, b in streams)]
    return replace_spans(data, rng.sample(spans, min(len(spans), rng.choice((1, 2, 5, 20)))), rng)


def tamper_keys(data: bytes, rng: random.Random) -> bytes:
    """The numbers after /MediaBox, /Count, /Length and their like."""
    key = rng.choice((b"/MediaBox", b"/Count", b"/Length", b"/Width", b"/Height", b"/Size", b"/Predictor", b"/Kids"))
    spans = []
    for match in re.finditer(re.escape(key) + rb"[^/>]{0,60}", data):
        spans += [(match.start() + m.start(), match.start() + m.end()) for m in NUMBER.finditer(match.group())]
    return replace_spans(data, spans, rng) if spans else tamper_numbers(data, rng)


def corrupt_stream(data: bytes, rng: random.Random) -> bytes:
    """A stream's bytes become noise, or end early."""
    spans = [match.span(1) for match in STREAM.finditer(data)]
    if not spans:
        return flip_bits(data, rng)
    start, end = rng.choice(spans)
    start += rng.randrange(end - start + 1)
    noise = rng.randbytes(min(end - start, rng.choice((4, 50, 5000))))
    return data[:start] + noise + data[start + len(noise) :]


def damage_xref(data: bytes, rng: random.Random) -> bytes:
    """The table of objects points elsewhere, or is gone."""
    where = data.rfind(b"startxref")
    if where < 0 or rng.random() < 0.3:
        return data.replace(b"startxref", rng.choice((b"startxxxx", b"", b"startxref\n0\nstartxref")))
    if rng.random() < 0.5:
        return data[:where] + b"startxref\n%d\n%%%%EOF\n" % rng.randrange(2 * len(data))
    table = data.rfind(b"xref", 0, where)
    start = table if table >= 0 else max(0, where - 500)
    digits = bytearray(data[start:where])
    for i, byte in enumerate(digits):
        if 48 <= byte < 58 and rng.random() < 0.2:
            digits[i] = rng.randrange(48, 58)
    return data[:start] + bytes(digits) + data[where:]


def entangle_objects(data: bytes, rng: random.Random) -> bytes:
    """References lead elsewhere: pages become their own parents, trees their own children."""
    references = [m.span(1) for m in re.finditer(rb"(\d+) 0 R", data)]
    if rng.random() < 0.5 or not references:
        numbers = [m.group(1) for m in re.finditer(rb"/Parent (\d+) 0 R", data)]
        parent = rng.choice(numbers) if numbers else b"1"
        return re.sub(rb"/Kids\s*\[", lambda m: m.group() + b" %s 0 R" % parent * rng.choice((1, 50)) + b" ", data)
    top = len(re.findall(rb"\d+ 0 obj", data)) + 2
    for start, end in sorted(rng.sample(references, min(len(references), rng.choice((1, 3, 10)))), reverse=True):
        data = data[:start] + b"%d" % rng.randrange(top) + data[end:]
    return data


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bits,
    truncate,
    delete_chunk,
    duplicate_chunk,
    swap_chunks,
    tamper_numbers,
    tamper_keys,
    corrupt_stream,
    damage_xref,
    entangle_objects,
)


ANY_FILE = KINDS[:5]  # those that say nothing of PDFs


def mutations(
    data: bytes, count: int, seed: int, kinds: Sequence[Callable[[bytes, random.Random], bytes]] = KINDS
) -> Iterator[tuple[str, bytes]]:
    """`count` mutations of a file: (kind, bytes), the kinds in turn from one that the seed says. Deterministic."""
    rng = random.Random(seed)
    for i in range(seed, seed + count):
        mutate = kinds[i % len(kinds)]
        yield mutate.__name__.replace("_", " "), mutate(data, rng)


def chunk(data: bytes, rng: random.Random) -> tuple[int, int]:
    """Start and length of some bytes."""
    length = min(len(data) - 1, rng.choice((1, 10, 100, 1000, 10_000)))
    return rng.randrange(len(data) - length), length


def replace_spans(data: bytes, spans: list[tuple[int, int]], rng: random.Random) -> bytes:
    """Odd numbers in these places."""
    for start, end in sorted(spans, reverse=True):
        data = data[:start] + rng.choice(ODD_NUMBERS) + data[end:]
    return data
