/** A line of a text: `text` without its line end, `start` and `end` as offsets, the line end included. */
export type Line = { text: string; start: number; end: number }

export function lines(text: string): Line[] {
  const found: Line[] = []
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline + 1
    found.push({ text: text.slice(start, end).replace(/\r?\n$/, ''), start, end })
    start = end
  }
  return found
}
