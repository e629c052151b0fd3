import { isIP } from 'node:net'
import { checkSpf } from '../channels/email/check-spf.ts'
import { dkimRecordProblem } from '#modules/inbox/index.ts'
import { problem, warning, type Finding } from './finding.ts'
import { dkimTrouble, judgeDkim, judgeDmarc, judgeMx, judgeSpf } from './judge-dns.ts'
import type { DkimKey } from './read-desk.ts'
import { answersOn } from './reach.ts'
import type { Dns } from './resolver.ts'

type Options = {
  /** The server that takes the domain's mail from the desk. */
  relay: string
  /** The address mail leaves from, where somebody knows it. */
  ip: string | undefined
  /** A DKIM selector that somebody else signs with. */
  selector: string | undefined
  keys: readonly DkimKey[]
  /** Whether MX hosts are knocked at. */
  knock: boolean
}

/** Looks at what a domain publishes about its mail. */
export async function checkDomain(domain: string, dns: Dns, options: Options): Promise<Finding[]> {
  if (!domain.includes('.'))
    return [
      warning(
        'dns',
        domain,
        'It is no domain of the internet: nobody outside can write to it.',
        'Set SUPPORT_ADDRESS, or add a mailbox, with an address of your own domain.',
      ),
    ]
  const checks = [checkMx, checkSender, checkKeys, checkPolicy].map((check) =>
    orUnanswered(domain, () => check(domain, dns, options)),
  )
  return (await Promise.all(checks)).flat()
}

async function orUnanswered(domain: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check()
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    return [
      warning('dns', domain, `DNS could not be asked (${code ?? message}).`, 'Check this machine’s DNS and try again.'),
    ]
  }
}

async function checkMx(domain: string, dns: Dns, { knock }: Options): Promise<Finding[]> {
  const records = await dns.mx(domain)
  const hosts = await Promise.all(
    records.map(async ({ exchange, priority }) => {
      const addresses = exchange === '' || exchange === '.' ? [] : await dns.addresses(exchange)
      const [first] = addresses
      return { exchange, priority, addresses, answersOn25: knock && first ? await answersOn(first, 25) : null }
    }),
  )
  return [judgeMx(domain, hosts, (await dns.addresses(domain)).length > 0)]
}

async function checkSender(domain: string, dns: Dns, { relay, ip }: Options): Promise<Finding[]> {
  const addresses = ip ? [ip] : isIP(relay) ? [relay] : await dns.addresses(relay)
  const [address] = addresses
  if (!address)
    return [problem('dns.spf', domain, `${relay}, which takes the desk’s mail, has no address.`, 'Correct SMTP_URL.')]
  const answers = await Promise.all(addresses.slice(0, 4).map((one) => checkSpf(domain, one, dns.resolve)))
  // One address that may not send is enough for some mail to be refused.
  const at = Math.max(
    0,
    answers.findIndex(({ result }) => result !== 'pass'),
  )
  const answer = answers[at]
  if (!answer) return []
  return [judgeSpf(domain, { name: ip ?? relay, address: addresses[at] ?? address, certain: ip !== undefined }, answer)]
}

async function checkKeys(domain: string, dns: Dns, { keys, selector }: Options): Promise<Finding[]> {
  const own = keys.filter((key) => key.domain === domain)
  const found = await Promise.all(
    own.map(async (key) =>
      judgeDkim(domain, key.selector, dkimRecordProblem(key, await dns.texts(`${key.selector}._domainkey.${domain}`))),
    ),
  )
  if (selector)
    found.push(judgeDkim(domain, selector, dkimTrouble(await dns.texts(`${selector}._domainkey.${domain}`))))
  if (found.length > 0) return found
  return [
    warning(
      'dns.dkim',
      domain,
      'The desk does not sign mail of this domain.',
      'Make a key under Settings → Mailboxes; or, where the relay signs, name its selector with --selector.',
    ),
  ]
}

/** The domain's own policy, else that of the domain above it that has one. */
async function checkPolicy(domain: string, dns: Dns): Promise<Finding[]> {
  const labels = domain.split('.')
  for (let from = 0; from < Math.max(1, labels.length - 1); from++) {
    const at = `_dmarc.${labels.slice(from).join('.')}`
    const records = await dns.texts(at)
    if (records.some((record) => /^\s*v\s*=\s*DMARC1\b/i.test(record))) return [judgeDmarc(domain, at, records)]
  }
  return [judgeDmarc(domain, `_dmarc.${domain}`, [])]
}
