import * as z from 'zod'
import type { Done, World } from './world.ts'

type Sent = { accepted: boolean; response: string; outcome: string }

const File = z.object({ name: z.string(), type: z.string(), base64: z.string() })

const Written = z.object({
  from: z.string().trim().min(3, 'Say who writes: an address is missing.'),
  fromName: z.string().trim().default(''),
  to: z.string().trim().min(1, 'Say to whom the mail goes.'),
  cc: z.string().trim().default(''),
  subject: z.string().default(''),
  text: z.string(),
  manner: z.enum(['honest', 'spoofed', 'automatic']).default('honest'),
  attachments: z.array(File).default([]),
})

export async function write(world: World, input: unknown): Promise<Done> {
  const { from, fromName, to, cc, subject, text, manner, attachments } = Written.parse(input)
  const sent = await world.control<Sent>('POST', '/mail/send', {
    from,
    fromName,
    to: addresses(to),
    cc: cc ? addresses(cc) : undefined,
    subject,
    text,
    attachments: attachments.map((file) => ({ ...file, type: file.type || undefined })),
    spoofed: manner === 'spoofed' || undefined,
    headers: manner === 'automatic' ? { 'Auto-Submitted': 'auto-replied', 'X-Autoreply': 'yes' } : undefined,
  })
  return { ...said(sent), goto: sent.accepted ? `/mail/${encodeURIComponent(from.toLowerCase())}` : undefined }
}

const Answered = z.object({
  messageId: z.string(),
  from: z.string(),
  text: z.string().trim().min(1, 'Write something first.'),
  quote: z.literal('on').optional(),
})

export async function reply(world: World, input: unknown): Promise<Done> {
  const { quote, ...answer } = Answered.parse(input)
  return said(await world.control<Sent>('POST', '/mail/reply', { ...answer, quote: quote === 'on' }))
}

function said({ accepted, response, outcome }: Sent): Done {
  if (accepted) return { ok: true, message: `The desk took the mail: ${response}` }
  return { ok: false, message: outcome === 'refused' ? `The desk refused the mail: ${response}` : response }
}

function addresses(text: string): string[] {
  return text
    .split(/[,;\s]+/)
    .map((one) => one.trim())
    .filter(Boolean)
}
