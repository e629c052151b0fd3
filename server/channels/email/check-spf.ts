import { spf } from 'mailauth/lib/spf/index.js'
import type { DnsResolver } from './message/authenticate.ts'

/** What receivers make of a mail of this domain that comes from this address. */
export async function checkSpf(domain: string, ip: string, resolver: DnsResolver) {
  const { status, rr, lookups } = await spf({
    sender: `postmaster@${domain}`,
    ip,
    helo: domain,
    mta: 'doctor',
    resolver: async (name: string, type: string) => (await resolver(name, type)) as string[][],
  })
  return {
    result: String(status.result),
    record: typeof rr === 'string' ? rr : undefined,
    lookups: lookups?.count ?? 0,
    lookupLimit: lookups?.limit ?? 10,
    // "mta: domain of …": who looked is of no interest.
    comment: String(status.comment ?? '').replace(/^doctor: /, ''),
  }
}
