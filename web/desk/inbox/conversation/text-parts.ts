import type { Message } from '#contract/inbox.ts'

export type TextPart = { kind: 'reply' | 'quote' | 'signature'; text: string; lines: number }

/** A message's text cut at its parts. Nothing is lost: text the parts do not cover counts as new. */
export function textParts({ text, parts }: Pick<Message, 'text' | 'parts'>): TextPart[] {
  const cut: TextPart[] = []
  let at = 0
  const push = (kind: TextPart['kind'], piece: string): void => {
    if (piece !== '') cut.push({ kind, text: piece, lines: piece.trim().split('\n').length })
  }
  for (const { kind, length } of parts) {
    push(kind, text.slice(at, at + length))
    at += length
  }
  push('reply', text.slice(at))
  return cut
}
