export type ForwardedMail = {
  from: string
  to: readonly string[]
  cc: readonly string[]
  /** As it is to be read. */
  date: string
  subject: string
  text: string
  /** Sanitised; null where there is only text. */
  html: string | null
}

const line = '---------- Forwarded message ----------'

/** A mail as it stands in one that forwards it, the way mail programs do and fold. Pictures stay behind: they are files. */
export function forwardBlock(mail: ForwardedMail): { text: string; html: string } {
  const heads: [string, string][] = [
    ['From', mail.from],
    ['Date', mail.date],
    ['Subject', mail.subject],
    ['To', mail.to.join(', ')],
    ...(mail.cc.length > 0 ? [['Cc', mail.cc.join(', ')] as [string, string]] : []),
  ]
  const body = mail.html?.replace(/<img\b[^<>]*>/g, '').replace(/ data-quote="[^"]*"/g, '') ?? lines(mail.text)
  return {
    text: [line, ...heads.map(([name, value]) => `${name}: ${value}`), '', mail.text.trimEnd()].join('\n'),
    html: `<div class="gmail_quote"><div class="gmail_attr">${line}<br>${heads
      .map(([name, value]) => `${name}: ${escaped(value)}<br>`)
      .join('')}</div><br>${body}</div>`,
  }
}

function lines(text: string): string {
  return escaped(text.trimEnd()).replace(/\n/g, '<br>\n')
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
