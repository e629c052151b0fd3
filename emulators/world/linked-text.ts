import { html, type Html } from './html.ts'

/** Plain text with its web addresses as links; nothing else in it becomes markup. */
export function linkedText(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) =>
      index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noopener noreferrer">${part}</a>` : html`${part}`,
    )
}
