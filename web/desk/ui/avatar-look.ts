const hues = 8

/** A number from 0 to 7 that stays the same for the same text (FNV-1a). */
export function avatarHue(seed: string): number {
  let hash = 0x811c9dc5
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % hues
}

/** First letters of the first and last word; one character for scripts written without spaces; `?` for no letters. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = letterOf(words[0])
  const last = words.length > 1 ? letterOf(words.at(-1)) : ''
  if (!first) return '?'
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first)
    ? first
    : (first + last).toLocaleUpperCase()
}

function letterOf(word = ''): string {
  return word.match(/[\p{L}\p{N}]/u)?.[0] ?? ''
}
