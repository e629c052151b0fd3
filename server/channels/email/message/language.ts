const scripts: readonly [RegExp, string][] = [
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Cyrillic}/u, 'ru'],
]

const words: Record<string, readonly string[]> = {
  en: ['the', 'and', 'you', 'your', 'we', 'have', 'is', 'this', 'for', 'with'],
  de: ['der', 'die', 'das', 'und', 'sie', 'wir', 'ist', 'nicht', 'ihre', 'haben'],
  fr: ['le', 'les', 'et', 'vous', 'nous', 'est', 'une', 'pour', 'votre', 'avons'],
  es: ['el', 'los', 'y', 'usted', 'su', 'es', 'una', 'para', 'hemos', 'gracias'],
  it: ['il', 'che', 'e', 'è', 'una', 'per', 'abbiamo', 'grazie', 'suo', 'della'],
  nl: ['de', 'het', 'een', 'en', 'u', 'wij', 'niet', 'uw', 'voor', 'hebben'],
  pt: ['o', 'os', 'você', 'uma', 'para', 'não', 'seu', 'obrigado', 'temos', 'com'],
}

/** The language a text is most likely in, as a BCP 47 tag, for screen readers and hyphenation; English when nothing tells. */
export function languageOf(text: string): string {
  const start = text.slice(0, 2000)
  const script = scripts.find(([pattern]) => (start.match(new RegExp(pattern, 'gu'))?.length ?? 0) > start.length / 10)
  if (script) return script[1]
  const found = start.toLowerCase().match(/\p{L}+/gu) ?? []
  const scores = Object.entries(words).map(
    ([tag, list]) => [tag, found.filter((word) => list.includes(word)).length] as const,
  )
  return scores.reduce((best, one) => (one[1] > best[1] ? one : best), ['en', 0] as const)[0]
}

/** The direction of the first letter that has one. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0] ?? ''
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(first) ? 'rtl' : 'ltr'
}
