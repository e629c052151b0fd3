import { parentPort } from 'node:worker_threads'
import type { Envelope } from '#modules/inbox/ports.ts'
import { readWhole } from './read-whole.ts'

/** The body of a thread that reads one heavy mail after another and may be stopped while it does. */
parentPort?.on('message', (mail: { raw: Uint8Array; envelope: Envelope }) => void answer(mail.raw, mail.envelope))

async function answer(raw: Uint8Array, envelope: Envelope): Promise<void> {
  const outcome = await readWhole(raw, envelope)
  const contents = outcome.ok ? outcome.message.attachments.map(({ content }) => content.buffer as ArrayBuffer) : []
  parentPort?.postMessage(outcome, [...new Set(contents)])
}
