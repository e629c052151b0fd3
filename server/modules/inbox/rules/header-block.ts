import type { Line } from './text-lines.ts'

const labels = {
  from: 'from|von|de|da|van|från|fra|lähettäjä|od|feladó|от|від|kimden|gönderen|από|từ|发件人|寄件者|差出人|送信者|보낸 사람',
  sent: 'sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|fecha|data|inviato|verzonden|skickat|sendt|dato|lähetetty|wysłano|odesláno|elküldve|отправлено|дата|надіслано|gönderildi|tarih|στάλθηκε|đã gửi|发送时间|日期|寄件日期|送信日時|日時|보낸 날짜',
  to: 'to|an|à|a|pour|para|per|aan|till|til|vastaanottaja|do|komu|címzett|кому|kime|προς|đến|收件人|宛先|받는 사람',
  cc: 'cc|kopie|kopia|kopi|copie|copia|kopio|dw|másolatot kap|копия|bilgi|κοιν|抄送|副本|참조',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|tárgy|тема|konu|θέμα|chủ đề|主题|主旨|件名|제목',
  reply: 'reply-to|antwort an|répondre à',
} as const
type Label = keyof typeof labels
const kinds = Object.keys(labels) as Label[]
const patterns = kinds.map(
  (kind) =>
    [
      kind,
      new RegExp(String.raw`^\s{0,8}[*_]{0,2}(?:${labels[kind]})[*_]{0,2}\s{0,2}[:：][*_]{0,2}\s*(.*)$`, 'iu'),
    ] as const,
)

const maxLines = 16

/** Whether the lines from `at` on are the header block that Outlook and its kin put above the mail they answer. */
export function isHeaderBlock(lines: readonly Line[], at: number): boolean {
  const block = readHeaderBlock(lines, at)
  return block !== null && convinces(block.found)
}

/** The labels and values of a header block that begins at `at`, and the first line after it. */
export function readHeaderBlock(
  lines: readonly Line[],
  at: number,
): { found: ReadonlyMap<Label, string>; next: number } | null {
  if (!labelOf(lines[at]?.text ?? '')) return null
  const found = new Map<Label, string>()
  let wrapped = 0
  let next = at
  for (let index = at; index < Math.min(lines.length, at + maxLines); index++) {
    const line = lines[index]?.text ?? ''
    const label = labelOf(line)
    if (label) {
      if (!found.has(label.kind))
        found.set(
          label.kind,
          `${label.value} ${labelOf(lines[index + 1]?.text ?? '') ? '' : (lines[index + 1]?.text ?? '')}`,
        )
      wrapped = 0
      next = index + 1
    } else if (line.trim() === '') {
      if (!labelOf(lines[index + 1]?.text ?? '')) break
    } else if (++wrapped > 2) break
  }
  return { found, next }
}

function labelOf(line: string): { kind: Label; value: string } | null {
  if (line.length > 1000) return null
  for (const [kind, pattern] of patterns) {
    const value = pattern.exec(line)?.[1]
    if (value !== undefined) return { kind, value }
  }
  return null
}

/** A trip "from: Berlin, to: Paris, date: 3 May" or a form is not a quoted mail: addresses and times are needed. */
function convinces(found: ReadonlyMap<Label, string>): boolean {
  const sent = found.get('sent') ?? ''
  const dated = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b/.test(sent)
  const addressed = [found.get('from'), found.get('to')].some((value) => /\S@\S/.test(value ?? ''))
  if (!found.has('from') && !found.has('to')) return false
  if (found.size >= 3) return addressed || (dated && (found.has('subject') || (found.has('from') && found.has('to'))))
  return found.size === 2 && addressed && dated
}
