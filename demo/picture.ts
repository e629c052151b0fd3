import { deflateSync } from 'node:zlib'

type Colour = readonly [red: number, green: number, blue: number]
export type Canvas = {
  width: number
  height: number
  fill(x: number, y: number, w: number, h: number, c: Colour): void
}

/** Draws a picture out of rectangles and returns it as a PNG, so that no picture file has to be kept. */
export function drawPng(width: number, height: number, draw: (canvas: Canvas) => void): Buffer {
  const stride = width * 3 + 1
  const pixels = Buffer.alloc(stride * height)
  draw({
    width,
    height,
    fill(x, y, w, h, colour) {
      for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
        for (let column = Math.max(0, x); column < Math.min(width, x + w); column++)
          pixels.set(colour, row * stride + 1 + column * 3)
    },
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const name = Buffer.from(type, 'latin1')
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  name.copy(framed, 4)
  data.copy(framed, 8)
  framed.writeUInt32BE(crc(Buffer.concat([name, data])), data.length + 8)
  return framed
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

/** What a customer sees: an answer whose sources all say the same, and an empty grey box where the last should be. */
export function screenshot(): Buffer {
  return drawPng(720, 420, (canvas) => {
    const [ground, card, ink, soft, accent, wrong]: Colour[] = [
      [238, 241, 240],
      [255, 255, 255],
      [58, 70, 67],
      [203, 210, 208],
      [15, 107, 98],
      [196, 62, 48],
    ] as Colour[] as [Colour, Colour, Colour, Colour, Colour, Colour]
    const bar = (x: number, y: number, w: number, colour: Colour | undefined, h = 9) =>
      colour && canvas.fill(x, y, w, h, colour)
    if (!ground || !card || !wrong) return
    canvas.fill(0, 0, 720, 420, ground)
    bar(0, 0, 720, accent, 44)
    bar(24, 18, 110, card)
    canvas.fill(24, 68, 460, 328, card)
    bar(44, 92, 250, ink, 13)
    for (const [line, width] of [400, 410, 380, 396, 240].entries()) bar(44, 126 + line * 20, width, soft)
    bar(44, 250, 80, ink)
    for (let source = 0; source < 3; source++) {
      canvas.fill(44 + source * 140, 274, 124, 92, ground)
      bar(56 + source * 140, 290, 60, accent)
      bar(56 + source * 140, 310, 96, soft)
      bar(56 + source * 140, 328, 84, soft)
    }
    canvas.fill(508, 68, 188, 328, card)
    for (let entry = 0; entry < 7; entry++) bar(526, 92 + entry * 26, 150 - (entry % 3) * 30, soft)
    // What the customer has circled in red.
    for (const [x, y, w, h] of [
      [318, 268, 134, 3],
      [318, 368, 134, 3],
      [318, 268, 3, 103],
      [449, 268, 3, 103],
    ] as const)
      canvas.fill(x, y, w, h, wrong)
  })
}
