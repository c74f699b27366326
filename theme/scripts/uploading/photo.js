// A photo as it is sent: upright, as small as it stays legible, and without what the camera wrote into it.

const LONG = 2000;
/** A strip, such as a long screenshot, stays this wide while its long side allows it: else nobody could read it. */
const SHORT = 900;
const STRIP = 4096;
const MOST_BYTES = 1000000;
const PREVIEW = 640;
const QUALITIES = [0.8, 0.65, 0.5];

/** The width and height, in pixels, that a picture is sent with. */
export function fit(width, height) {
  const long = Math.max(width, height);
  const scale = Math.min(1, Math.max(LONG / long, Math.min(SHORT / Math.min(width, height), STRIP / long)));
  return [Math.round(width * scale), Math.round(height * scale)];
}

/** How many quarters a JPEG is to be turned clockwise, as its camera wrote at its beginning (`buffer`); else 0. */
export function quarters(buffer) {
  const view = new DataView(buffer);
  try {
    for (let at = 2; view.getUint16(0) === 0xffd8 && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966) {
        const start = at + 10;
        const little = view.getUint16(start) === 0x4949;
        const list = start + view.getUint32(start + 4, little);
        for (let left = view.getUint16(list, little), tag = list + 2; left > 0; left -= 1, tag += 12) {
          if (view.getUint16(tag, little) === 0x112) return { 3: 2, 6: 1, 8: 3 }[view.getUint16(tag + 8, little)] || 0;
        }
      }
    }
  } catch (error) { /* it ends before it says so */ }
  return 0;
}

/** The picture, and the quarters it is still to be turned. Rejects what this browser knows no picture in. */
async function decode(file) {
  try {
    return [await createImageBitmap(file, { imageOrientation: 'from-image' }), 0];
  } catch (error) { /* no picture, or a browser before 2023, that does not know how to turn it here */ }
  const picture = new Image();
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onloadend = resolve;
    reader.readAsDataURL(file);
  });
  picture.src = reader.result;
  await picture.decode();
  const turns = CSS.supports('image-orientation', 'from-image');
  return [picture, turns ? 0 : quarters(await file.slice(0, 131072).arrayBuffer())];
}

/** `source` on a white canvas of this size, after `turned` quarters. */
export function draw(source, [width, height], turned = 0) {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const [wide, high] = turned % 2 ? [height, width] : [width, height];
  canvas.width = width;
  canvas.height = height;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate(turned * Math.PI / 2);
  context.drawImage(source, -wide / 2, -high / 2, wide, high);
  return canvas;
}

const scaled = (canvas, by) => draw(canvas, [Math.ceil(canvas.width * by), Math.ceil(canvas.height * by)]);

/** {blob, preview}: a JPEG of at most a megabyte, and a small one as a data: address. Rejects what is no picture here. */
export async function shrink(file) {
  const [source, turned] = await decode(file);
  const sides = [source.naturalWidth || source.width, source.naturalHeight || source.height];
  let canvas = draw(source, fit(...(turned % 2 ? sides.reverse() : sides)), turned);
  if (source.close) source.close();
  const preview = scaled(canvas, Math.min(1, PREVIEW / Math.max(canvas.width, canvas.height))).toDataURL('image/jpeg', 0.6);
  for (let step = 0; ; step += 1) {
    const quality = QUALITIES[step % QUALITIES.length];
    if (step && quality === QUALITIES[0]) canvas = scaled(canvas, 0.8);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob.size <= MOST_BYTES) return { blob, preview };
  }
}
