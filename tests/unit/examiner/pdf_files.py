"""PDFs for tests, written by hand: what a program would write, and what nobody should send."""

from __future__ import annotations

import io
import zlib

from PIL import Image

from tests.unit.examiner.hostile import quarters

MINE = b"Something Only I Wrote"


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalog."""
    file = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % start for start in starts)
    file += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % table)


def of_pages(count: int, box: bytes = b"0 0 595 842", text: bytes = b"12345", catalog: bytes = b"") -> bytes:
    """`count` pages that share one content."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    content = b"BT /F1 24 Tf 72 700 Td (%s) Tj ET" % text
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>" % box
    )
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *[page] * count,
        ]
    )


def scanned(count: int = 2) -> bytes:
    """Pages that are photos, as a scanner makes them."""
    pages = [quarters(1240, 1754)] * count
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=150, title=MINE.decode())
    return file.getvalue()


def with_script() -> bytes:
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\('%s'\\)) >>" % MINE
    return of_pages(1, catalog=action)


def locked() -> bytes:
    """Encrypted, with a password of its owner's for opening it (standard handler, revision 2)."""
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (b"5a" * 32, b"a5" * 32)
    plain = of_pages(1)
    objects = [part.split(b"\nendobj")[0].split(b" obj\n", 1)[1] for part in plain.split(b"\nendobj\n")[:-1]]
    reference = b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects) + 1, b"00" * 16, b"00" * 16)
    return written([*objects, encrypt], reference)


def with_giant_picture() -> bytes:
    """A picture of 60000 × 60000 pixels on an ordinary page."""
    data = zlib.compress(bytes(60000 // 8 * 60000 // 64), 9)
    picture = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _drawing(b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (picture, len(data), data))


def drawing_itself(times: int = 200) -> bytes:
    """A form that draws itself, many times over."""
    inner = b"/X0 Do " * times
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X0 5 0 R >> >>"
    return _drawing(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (form, len(inner), inner))


def _drawing(thing: bytes) -> bytes:
    """A page that draws this thing."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>"
            % b"/Resources << /XObject << /X0 5 0 R >> >>",
            b"<< /Length 31 >>\nstream\nq 500 0 0 500 0 0 cm /X0 Do Q  \nendstream",
            thing,
        ]
    )


def in_a_font_it_does_not_bring(text: str, font: bytes = b"STSong-Light") -> bytes:
    """As programs for bills write Chinese: the font is only named."""
    content = b"BT /F1 24 Tf 72 700 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()
    page = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    measures = b"/Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R %s >>" % page,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>" % font,
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s %s /FontDescriptor 7 0 R >>" % (font, system),
            b"<< /Type /FontDescriptor /FontName /%s %s >>" % (font, measures),
        ]
    )


def pixels_of(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def nested_groups(pages: int, times: int) -> bytes:
    """Pages that blend a full-page group with itself, so many times: a few kilobytes that take long to draw."""
    kids = b" ".join(b"%d 0 R" % (6 + number) for number in range(pages))
    group = b"/Type /XObject /Subtype /Form /BBox [0 0 864 864] /Group << /S /Transparency /I true >>"
    drawn = b"/G gs 0.5 0.2 0.1 rg 0 0 864 864 re f 0.1 0.9 0.3 rg 10 10 800 800 re f"
    content = b"/G gs\n" + b"/F Do\n" * times
    resources = b"/Resources << /ExtGState << /G 4 0 R >> /XObject << /F 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 864 864] /Contents 3 0 R %s >>" % resources
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /ExtGState /BM /Luminosity /ca 0.5 /CA 0.5 >>",
            b"<< %s /Resources << /ExtGState << /G 4 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
            % (group, len(drawn), drawn),
            *[page] * pages,
        ]
    )


def tiled(jpeg: bytes, side: int, pages: int) -> bytes:
    """Pages full of one square JPEG, so many pixels each way, six times across and six down."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    places = [b"q 144 0 0 144 %d %d cm /I Do Q" % (x * 144, y * 144) for x in range(6) for y in range(6)]
    content = b"\n".join(places)
    picture = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 864 864] /Contents 4 0 R %s >>" % (
        b"/Resources << /XObject << /I 3 0 R >> >>"
    )
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            b"<< %s /Width %d /Height %d /Length %d >>\nstream\n%s\nendstream" % (picture, side, side, len(jpeg), jpeg),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            *[page] * pages,
        ]
    )
