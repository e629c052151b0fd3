import { cleanLine } from './text.ts'

/** A name without folders, controls or direction marks, so that it cannot pretend to be another kind of file. */
export function fileName(given: string | null, type: string, index: number): string {
  const last =
    cleanLine(given ?? '')
      .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
      .split(/[\\/]/)
      .pop() ?? ''
  const safe = last
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .slice(-200)
    .trim()
  if (safe !== '') return safe
  return type === 'message/rfc822' ? `mail-${index + 1}.eml` : `part-${index + 1}`
}
