import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { MOST_MEGAPIXELS, pictureTypeOf, type Thumbnail, thumbnailsOf } from './resize.ts';

/** Left half red, right half blue. */
function halves(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) data[at * 3 + (at % width < width / 2 ? 0 : 2)] = 255;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function madeOf(bytes: Uint8Array): Promise<readonly Thumbnail[]> {
  const made = await thumbnailsOf(bytes);
  if ('fault' in made) throw new Error(JSON.stringify(made));
  return made;
}

const sizes = (made: readonly Thumbnail[]) => made.map(({ size, width, height }) => [size, width, height]);

test('every type that is read gives the three sizes, none larger than the picture', async () => {
  const large = halves(1000, 500);
  for (const bytes of [
    await large.clone().jpeg().toBuffer(),
    await large.clone().png().toBuffer(),
    await large.clone().webp().toBuffer(),
    await large.clone().tiff().toBuffer(),
    await large.clone().gif().toBuffer(),
  ]) {
    const made = await madeOf(bytes);
    expect(sizes(made)).toEqual([
      [200, 200, 100],
      [400, 400, 200],
      [800, 800, 400],
    ]);
    for (const { bytes } of made) expect(pictureTypeOf(bytes)).toBe('webp');
  }
  expect(sizes(await madeOf(await halves(300, 30).png().toBuffer()))).toEqual([
    [200, 200, 20],
    [400, 300, 30],
    [800, 300, 30],
  ]);
});

test('of an animation, the first picture', async () => {
  const frames = Buffer.concat([Buffer.alloc(40 * 40 * 3, 255), Buffer.alloc(40 * 40 * 3, 0)]);
  const gif = await sharp(frames, { raw: { width: 40, height: 80, channels: 3, pageHeight: 40 } })
    .gif()
    .toBuffer();
  expect((await sharp(gif).metadata()).pages).toBe(2);
  const [small] = await madeOf(gif);
  expect([small?.width, small?.height]).toEqual([40, 40]);
  expect((await sharp(small!.bytes).stats()).channels[0]?.mean).toBeGreaterThan(250);
});

test('it stands upright, and nothing is left of what the file said: no place, no name, no profile', async () => {
  const bytes = await halves(600, 300)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Artist: 'Personne Exemple', Copyright: 'Personne Exemple' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 38/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>Personne Exemple</a></x:xmpmeta>')
    .jpeg()
    .toBuffer();
  expect(bytes.toString('latin1')).toContain('Personne Exemple');
  for (const { width, height, bytes: thumbnail } of await madeOf(bytes)) {
    expect(width * 2).toBe(height);
    const { exif, xmp, iptc, icc, orientation, space } = await sharp(thumbnail).metadata();
    expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
    expect(space).toBe('srgb');
    expect(thumbnail.toString('latin1')).not.toContain('Exemple');
    // Turned a quarter clockwise, the left half lies above.
    const above = await sharp(thumbnail)
      .extract({ left: 0, top: 0, width, height: height / 4 })
      .png()
      .toBuffer();
    expect((await sharp(above).stats()).channels.map(({ mean }) => Math.round(mean / 255))).toEqual([1, 0, 0]);
  }
});

test('colours of print become colours of a screen, transparency stays', async () => {
  const print = await halves(64, 64).toColourspace('cmyk').jpeg().toBuffer();
  expect((await sharp(print).metadata()).space).toBe('cmyk');
  expect((await sharp((await madeOf(print))[0]!.bytes).metadata()).space).toBe('srgb');
  const clear = { width: 30, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const;
  const [small] = await madeOf(await sharp({ create: clear }).png().toBuffer());
  expect((await sharp(small!.bytes).metadata()).hasAlpha).toBe(true);
});

test('sixteen bits a channel, and grey, become what a browser shows', async () => {
  const deep = await halves(64, 64).toColourspace('rgb16').png().toBuffer();
  expect((await sharp(deep).metadata()).depth).toBe('ushort');
  const grey = await halves(64, 64).greyscale().jpeg().toBuffer();
  for (const bytes of [deep, grey]) {
    const { depth, channels } = await sharp((await madeOf(bytes))[0]!.bytes).metadata();
    expect([depth, channels]).toEqual(['uchar', 3]);
  }
});

test('the same picture gives the same files', async () => {
  const bytes = await halves(500, 400).jpeg().toBuffer();
  expect((await madeOf(bytes)).map(({ file }) => file)).toEqual((await madeOf(bytes)).map(({ file }) => file));
});

/** A PNG of a few hundred bytes that claims so many pixels. */
function bomb(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

test('a bomb is refused before it is unpacked', async () => {
  expect(await thumbnailsOf(bomb(50_000, 50_000))).toEqual({ fault: 'picture-too-large' });
  expect(await thumbnailsOf(bomb(MOST_MEGAPIXELS * 1000, 1001))).toEqual({ fault: 'picture-too-large' });
});

test('what is no picture, or a broken one, is told apart', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>';
  for (const text of ['', '<!doctype html><title>404</title>', svg, '%PDF-1.7', `<?xml version="1.0"?>${svg}`])
    expect(await thumbnailsOf(Buffer.from(text))).toEqual({ fault: 'picture-type-unread' });
  const whole = await halves(400, 400).jpeg().toBuffer();
  expect(await thumbnailsOf(whole.subarray(0, whole.length / 2))).toMatchObject({ fault: 'picture-broken' });
  expect(await thumbnailsOf(Buffer.from(`GIF89a${svg}`))).toMatchObject({ fault: 'picture-broken' });
  // The next one is made all the same.
  expect(await madeOf(whole)).toHaveLength(3);
});
