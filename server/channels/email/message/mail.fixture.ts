import type { InboundMessage } from '#modules/inbox/ports.ts'
import { parseMail } from './parse.ts'

export const envelope = { from: 'ada@example.org', to: ['support@desk.example'] }

/** A raw mail out of lines; strings are written as UTF-8, buffers as they are. */
export function raw(...lines: (string | Buffer)[]): Buffer {
  return joined(lines)
}

function joined(lines: (string | Buffer)[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [Buffer.isBuffer(line) ? line : Buffer.from(line), Buffer.from('\r\n')]))
}

const basics = {
  From: 'Ada Byron <ada@example.org>',
  To: 'support@desk.example',
  Subject: 'Charged twice',
  'Message-ID': '<one@example.org>',
}

/** A mail with the usual headers; `null` leaves one out. */
export function mail(headers: Record<string, string | null>, ...body: (string | Buffer)[]): Buffer {
  const all = Object.entries({ ...basics, ...headers }).filter(([, value]) => value !== null)
  return Buffer.concat([joined(all.map(([name, value]) => `${name}: ${value}`)), joined(['']), joined(body)])
}

export function multipart(
  subtype: string,
  parts: (string | Buffer)[][],
  headers: Record<string, string | null> = {},
): Buffer {
  const head = mail({ 'MIME-Version': '1.0', 'Content-Type': `multipart/${subtype}; boundary=b`, ...headers })
  return Buffer.concat([head, joined(parts.flatMap((part) => ['--b', ...part])), joined(['--b--'])])
}

export async function read(bytes: Uint8Array, from = envelope): Promise<InboundMessage> {
  const outcome = await parseMail(bytes, from)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.message
}
