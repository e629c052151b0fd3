import { expect, test } from 'vitest'
import { dark, light, readablePairs } from './tokens.ts'

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

test.each([
  ['light', light],
  ['dark', dark],
])('every text on its ground reaches AA in the %s theme', (_name, palette) => {
  const tooFaint = readablePairs
    .map(([text, ground]) => ({ pair: `${text} on ${ground}`, ratio: contrast(palette[text], palette[ground]) }))
    .filter(({ ratio }) => ratio < 4.5)
  expect(tooFaint).toEqual([])
})

test.each([
  ['light', light],
  ['dark', dark],
])('the edge of a field reaches 3:1 against its ground in the %s theme', (_name, palette) => {
  expect(contrast(palette['line-field'], palette.surface)).toBeGreaterThanOrEqual(3)
})
