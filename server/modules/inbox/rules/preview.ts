/** One line of a message for lists: the new words, without line breaks, cut at a word. */
export function previewOf(text: string, max = 140): string {
  // A text can be megabytes; a line of it is never far from its beginning.
  const line = text
    .trimStart()
    .slice(0, max * 20)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= max) return line
  const cut = line.slice(0, max)
  const space = cut.lastIndexOf(' ')
  return `${space > max / 2 ? cut.slice(0, space) : cut}…`
}
