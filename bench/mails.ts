import { createHash } from 'node:crypto'

export type BenchMail = { from: string; messageId: string; subject: string; raw: Buffer }

const words =
  'invoice account charge refund plan month yearly seat login password export report answer model workspace invite card bank email error page search upload download limit key token team owner member price credit question thank please today yesterday twice again still never always maybe because whether instead customer order number screen button file history setting'.split(
    ' ',
  )

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * The n-th of many distinct mails as people send them: text and HTML of about 18 kB with a signature, every tenth with a
 * file of 90 kB. Half of the senders write once, the others up to several times.
 */
export function benchMail(run: string, n: number, to: string): BenchMail {
  const random = randomFrom(`${run} ${n}`)
  const pick = () => words[Math.floor(random() * words.length)] ?? ''
  const sentence = () => `${Array.from({ length: 8 + Math.floor(random() * 12) }, pick).join(' ')}.`
  const paragraphs = Array.from({ length: 12 }, () => Array.from({ length: 5 }, sentence).join(' '))
  const person = n % 2 === 0 ? `person${n}` : `regular${Math.floor(random() * 500)}`
  const from = `${person}@customer${n % 97}.test`
  const messageId = `${run}.${n}@customer${n % 97}.test`
  const subject = `${pick()} ${pick()} ${pick()} (${run}-${n})`
  const text = `Hello,\r\n\r\n${paragraphs.join('\r\n\r\n')}\r\n\r\n-- \r\n${person}\r\n`
  const html = `<html><body style="font-family:sans-serif"><p>Hello,</p>${paragraphs
    .map((paragraph) => `<p style="margin:0 0 1em">${paragraph}</p>`)
    .join('\r\n')}<p>-- <br>${person}</p></body></html>`
  const alternative = part('alternative', `alt${n}`, [
    `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
    `Content-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`,
  ])
  const body = n % 10 === 9 ? part('mixed', `mix${n}`, [alternative, file(random)]) : alternative
  const head = [
    `Received: from mx.customer.test (mx.customer.test [192.0.2.7]) by mx.example.test; Mon, 2 Nov 2026 09:00:00 +0000`,
    `From: "Person ${person}" <${from}>`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    'Date: Mon, 2 Nov 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
  ]
  return { from, messageId, subject, raw: Buffer.from(`${head.join('\r\n')}\r\n${body}`, 'latin1') }
}

function part(kind: string, boundary: string, parts: string[]): string {
  const body = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`
}

function file(random: () => number): string {
  const bytes = Buffer.alloc(90_000)
  for (let index = 0; index < bytes.length; index += 4) bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), index)
  const base64 = bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
  return `Content-Type: application/pdf; name="statement.pdf"\r\nContent-Disposition: attachment; filename="statement.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`
}
