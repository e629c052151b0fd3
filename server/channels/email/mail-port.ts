import { resolve as resolveDns } from 'node:dns/promises'
import type { MailAuthentication, MailPort, SmtpServer } from '#modules/inbox/ports.ts'
import { cachedResolver } from './cached-resolver.ts'
import { authenticateMail, type DnsResolver } from './message/authenticate.ts'
import { composeMail } from './message/compose.ts'
import { maskHtmlCards } from './message/mask-html-cards.ts'
import { parseMail } from './message/parse.ts'
import { letterOf } from './message/letter.ts'
import { replyBodies } from './message/reply-bodies.ts'
import { allowRemoteImages, sanitiseHtml } from './message/sanitise.ts'
import { placePictures } from './message/show-html.ts'
import type { ReadingLimits } from './message/reading-threads.ts'
import { textOfHtml } from './message/text.ts'
import { createSmtpPool } from './smtp/pool.ts'
import { probe } from './smtp/probe.ts'
import type { SmtpTarget } from './smtp/target.ts'
import { transmit } from './transmit.ts'

export type MailPortOptions = {
  /** Where outgoing mail goes. */
  target: SmtpTarget
  /** Answers like Node's dns.resolve; the machine's own unless said. */
  resolver?: DnsResolver
  dnsTimeoutMs?: number
  /** What one mail that is not small and plain may take. */
  reading?: Partial<ReadingLimits>
}

const defaultResolver: DnsResolver = (name, type) => resolveDns(name, type)

/** E-mail as the inbox sees it. */
export function createMailPort(options: MailPortOptions): MailPort {
  const ask = options.resolver ?? defaultResolver
  const resolver = cachedResolver(ask)
  const pool = createSmtpPool()
  const targetOf = (server: SmtpServer): SmtpTarget => ({ ...waits(options.target), ...server })
  return {
    id: 'email',
    title: 'E-mail',
    capabilities: { html: true, attachments: true, carbonCopy: true, threads: true },
    read: (raw, envelope) => parseMail(raw, envelope, options.reading),
    compose: composeMail,
    replyBodies,
    letter: letterOf,
    textOfHtml,
    sanitise(html, { attachmentUrl, maskCards }) {
      const clean = sanitiseHtml(html, { attachmentUrl })
      const shown = maskCards ? maskHtmlCards(clean.html).html : clean.html
      return { html: clean.tooHeavy ? null : shown, remoteImages: clean.remoteImages }
    },
    placePictures,
    showRemoteImages: allowRemoteImages,
    async authenticate(raw, { ip, helo, from }) {
      // Read out of a mailbox: who handed it over is not known, so SPF can neither speak for it nor against it.
      const isStored = ip === null
      const { domain, ...found } = await authenticateMail(raw, {
        ip: ip ?? '127.0.0.1',
        helo: helo ?? 'unknown',
        mailFrom: isStored ? '' : from,
        resolver,
        timeoutMs: options.dnsTimeoutMs ?? 5000,
      })
      const verdicts = isStored ? withoutSender(found) : found
      return { ...verdicts, domain: domain ?? null }
    },
    transmit: (raw, { server, ...envelope }, hooks) =>
      transmit(pool, server ? targetOf(server) : options.target, raw, envelope, hooks),
    async probe(server, envelope) {
      const target = server ? targetOf(server) : options.target
      return { server: `${target.host}:${target.port}`, steps: await probe(target, envelope) }
    },
    textRecords: (name) => textRecords(ask, name),
    close: () => pool.close(),
  }
}

/** How long the desk waits does not depend on whose server it is. */
function waits({ answerTimeoutMs, connectTimeoutMs }: SmtpTarget) {
  return { ...(answerTimeoutMs ? { answerTimeoutMs } : {}), ...(connectTimeoutMs ? { connectTimeoutMs } : {}) }
}

async function textRecords(ask: DnsResolver, name: string): Promise<string[]> {
  try {
    const answers = (await ask(name, 'TXT')) as string[][]
    return answers.map((strings) => strings.join(''))
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOTFOUND' || code === 'ENODATA') return []
    throw error
  }
}

/** Without the sender's address only a signature proves anything, and none proves nothing. */
function withoutSender<T extends Pick<MailAuthentication, 'spf' | 'dmarc'>>(found: T): T {
  return { ...found, spf: 'unknown', dmarc: found.dmarc === 'fail' ? 'unknown' : found.dmarc }
}
