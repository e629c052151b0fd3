import { ok, problem, warning, type Finding } from './finding.ts'

export type MxHost = { exchange: string; priority: number; addresses: readonly string[]; answersOn25: boolean | null }

/** Whether mail to a domain finds a server. `answersOn25` is null where it was not tried. */
export function judgeMx(domain: string, hosts: readonly MxHost[], hasAddress: boolean): Finding {
  const bad = (found: string, todo: string) => problem('dns.mx', domain, found, todo)
  if (hosts.length === 0)
    return hasAddress
      ? warning(
          'dns.mx',
          domain,
          'It has no MX record; senders fall back to its address record, and some do not.',
          `Add an MX record for ${domain} that names the server which takes its mail.`,
        )
      : bad(
          'It has neither an MX nor an address record: nobody can send mail to it.',
          `Add an MX record for ${domain} that names the server which takes its mail.`,
        )
  if (hosts.some(({ exchange }) => exchange === '' || exchange === '.'))
    return bad(
      'Its MX record is "." (RFC 7505): the domain says that it takes no mail.',
      `Replace the null MX record of ${domain} by one that names your mail server.`,
    )
  const usable = hosts.filter(({ addresses }) => addresses.length > 0)
  const names = hosts.map(({ exchange }) => exchange).join(', ')
  if (usable.length === 0)
    return bad(
      `Its MX (${names}) has no address.`,
      'Correct the name in the MX record, or add address records for that server.',
    )
  if (usable.length < hosts.length)
    return warning(
      'dns.mx',
      domain,
      `One of its MX hosts (${names}) has no address.`,
      'Remove it or give it an address.',
    )
  if (usable.every(({ answersOn25 }) => answersOn25 === false))
    return warning(
      'dns.mx',
      domain,
      `Its MX (${names}) did not answer on port 25 from here.`,
      'Many networks block port 25 outwards. Try it from elsewhere; if it does not answer there either, senders cannot deliver.',
    )
  return ok('dns.mx', domain, `Mail for it goes to ${names}.`)
}

export type SpfAnswer = {
  result: string
  record: string | undefined
  lookups: number
  lookupLimit: number
  comment: string
}

/**
 * Whether a domain's SPF record lets a server send for it. `certain`: the address is known to be the one that mail leaves
 * from; a relay may have others than the one it is handed to.
 */
export function judgeSpf(
  domain: string,
  server: { name: string; address: string; certain: boolean },
  answer: SpfAnswer,
): Finding {
  const { result, record, lookups, lookupLimit } = answer
  const who = server.name === server.address ? server.address : `${server.name} (${server.address})`
  const include = `Add the sending server to the TXT record of ${domain}: its provider says with which "include:", or use "ip4:" with its address.`
  const bad = (found: string, todo: string) => problem('dns.spf', domain, found, todo)
  if (result === 'none' || record === undefined)
    return bad(
      'It publishes no SPF record.',
      `Publish a TXT record on ${domain} such as "v=spf1 include:your-provider -all".`,
    )
  if (result === 'temperror') return warning('dns.spf', domain, 'DNS did not answer.', 'Try again in a few minutes.')
  if (result === 'permerror')
    return lookups > lookupLimit
      ? bad(
          `Its SPF record needs more than ${lookupLimit} look-ups, so receivers ignore it.`,
          'Take includes out that are not used any more, or replace some by their addresses.',
        )
      : bad(
          `Its SPF record is broken: ${answer.comment}`,
          'Correct the record; there must be one, beginning with "v=spf1".',
        )
  if (/\s\+?all\b/i.test(record))
    return bad('Its SPF record ends in "+all": anybody may send in its name.', 'End the record in "-all" or "~all".')
  if (result === 'pass')
    return lookups >= lookupLimit - 1
      ? warning(
          'dns.spf',
          domain,
          `It lets ${who} send, with ${lookups} of ${lookupLimit} look-ups used.`,
          'One more include may break it. Take out what is not used.',
        )
      : ok('dns.spf', domain, `It lets ${who} send (${lookups} of ${lookupLimit} look-ups).`)
  if (server.certain) return bad(`It does not let ${who} send (${result}).`, include)
  return warning(
    'dns.spf',
    domain,
    `It does not let ${who} send (${result}). A relay often sends from other addresses than the one it takes mail on.`,
    `${include} To be sure, run this again with --ip and the address your mail leaves from.`,
  )
}

/** Whether the DKIM key of a domain is published. `trouble`: what is wrong with its record, in words; null when nothing. */
export function judgeDkim(domain: string, selector: string, trouble: string | null): Finding {
  const name = `${selector}._domainkey.${domain}`
  return trouble === null
    ? ok('dns.dkim', domain, `The DKIM key at ${name} is published.`)
    : problem(
        'dns.dkim',
        domain,
        `${name}: ${trouble}`,
        `Publish the key that Settings → Mailboxes shows as a TXT record at ${name}.`,
      )
}

/** A key that only DNS knows: whether there is one that receivers can use. */
export function dkimTrouble(records: readonly string[]): string | null {
  const key = records.map(tagsOf).find((tags) => tags.has('p'))
  if (!key) return 'There is no DKIM key.'
  return key.get('p') === '' ? 'The record says that the key was withdrawn (p= is empty).' : null
}

/** What a domain asks receivers to do with mail that proves nothing. `at` is where the record was found. */
export function judgeDmarc(domain: string, at: string, records: readonly string[]): Finding {
  const found = records.filter((record) => /^\s*v\s*=\s*DMARC1\b/i.test(record))
  if (found.length === 0)
    return warning(
      'dns.dmarc',
      domain,
      'It has no DMARC record: anybody can write in its name, and large providers refuse much mail without one.',
      `Publish a TXT record at _dmarc.${domain}, to begin with "v=DMARC1; p=none; rua=mailto:you@${domain}".`,
    )
  if (found.length > 1)
    return problem(
      'dns.dmarc',
      domain,
      `There are ${found.length} DMARC records at ${at}, so none counts.`,
      'Keep one.',
    )
  const tags = tagsOf(found[0] ?? '')
  const policy = (at === `_dmarc.${domain}` ? undefined : tags.get('sp')) ?? tags.get('p')
  if (policy === 'none')
    return warning(
      'dns.dmarc',
      domain,
      `DMARC only watches (p=none at ${at}).`,
      'Once reports show that your own mail passes, raise it to p=quarantine and then p=reject.',
    )
  if (policy !== 'quarantine' && policy !== 'reject')
    return problem(
      'dns.dmarc',
      domain,
      `The DMARC record at ${at} names no policy (p=).`,
      'Add p=none, quarantine or reject.',
    )
  const share = tags.get('pct')
  return ok('dns.dmarc', domain, `DMARC is in force (p=${policy}${share ? `, pct=${share}` : ''}).`)
}

/** `tag=value; tag=value`, names in lower case. */
function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(';').flatMap((part) => {
      const [, name, value] = /^\s*([a-z0-9]+)\s*=\s*([\s\S]*?)\s*$/i.exec(part) ?? []
      return name ? [[name.toLowerCase(), value ?? '']] : []
    }),
  )
}
