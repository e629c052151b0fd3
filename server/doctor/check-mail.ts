import { parseSmtpUrl } from '../channels/email/smtp/target.ts'
import type { Config } from '../config.ts'
import { emulatedCounterparts, emulatedDnsUrl } from '../emulated.ts'
import { checkWebClock, judgeClock } from './check-clock.ts'
import { checkFeed } from './check-feeds.ts'
import { checkDomain } from './check-domain.ts'
import { checkListener, checkOutgoing } from './check-servers.ts'
import { warning, type Finding } from './finding.ts'
import { readDesk } from './read-desk.ts'
import { openDns } from './resolver.ts'

export type DoctorOptions = { dns?: string | undefined; selector?: string | undefined; ip?: string | undefined }

/** Everything that mail of this desk depends on, looked at once. Nothing is sent and nothing is written. */
export async function checkMail(config: Config, options: DoctorOptions): Promise<Finding[]> {
  const desk = await readDesk(config)
  const isEmulated = emulatedCounterparts(config).includes('mail')
  const dnsUrl = options.dns ?? (isEmulated ? emulatedDnsUrl(config) : undefined)
  const dns = openDns(dnsUrl)
  const enabled = desk.mailboxes.filter((mailbox) => mailbox.enabled)
  const [first] = enabled
  if (!first)
    return [
      warning('mailboxes', 'the desk', 'It has no mailbox that is switched on.', 'Add one under Settings → Mailboxes.'),
    ]
  const outgoing = config.smtpUrl
    ? parseSmtpUrl(config.smtpUrl)
    : { host: '127.0.0.1', port: config.emulatorsSmtpPort, secure: false }
  const relays = new Map(desk.senders.map(({ address, server }) => [address, server]))
  const byDomain = new Map(enabled.map(({ address }) => [address.slice(address.lastIndexOf('@') + 1), address]))
  const domains = [...byDomain].map(([domain, address]) =>
    checkDomain(domain, dns, {
      relay: relays.get(address)?.host ?? outgoing.host,
      ip: options.ip,
      selector: options.selector,
      keys: desk.keys,
      knock: dnsUrl === undefined,
    }),
  )
  const servers = [
    ...(config.roles.includes('worker') ? [checkListener(config.smtpInPort, first.address, config.port)] : []),
    checkOutgoing(outgoing, first.address, { setting: 'SMTP_URL', emulated: !config.smtpUrl }),
    ...desk.feeds.map((feed) => checkFeed(feed)),
    ...desk.senders.map(({ address, server }) =>
      checkOutgoing(server, address, { setting: `the sender of ${address} (Settings → Mailboxes)`, emulated: false }),
    ),
  ]
  return [
    ...(await Promise.all(domains)).flat(),
    ...(await Promise.all(servers)).flat(),
    judgeClock('the database', desk.clockAheadMs),
    ...(await checkWebClock(config.publicUrl)),
  ]
}
