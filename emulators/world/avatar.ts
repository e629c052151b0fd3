import { html, type Html } from './html.ts'

/** Initials on a colour that stays the same for the same address. */
export function avatar(name: string, address: string): Html {
  const words = (name || address.split('@')[0] || '?').split(/[\s._-]+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  const hue = [...address].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % 8
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${letters.join('').toUpperCase()}</span>`
}
