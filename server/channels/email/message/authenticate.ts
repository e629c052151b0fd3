import { authenticate } from 'mailauth'

export type Verdict = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror' | 'unknown'

export type MailAuthentication = {
  spf: Verdict
  dkim: Verdict
  dmarc: Verdict
  /** The From domain is proven by SPF or DKIM, whether or not it publishes a DMARC policy. */
  aligned: boolean
  /** The From domain that was checked. */
  domain?: string
}

export type DnsResolver = (name: string, type: string) => Promise<unknown>

const unknown: MailAuthentication = { spf: 'unknown', dkim: 'unknown', dmarc: 'unknown', aligned: false }
const verdicts: readonly Verdict[] = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']

/**
 * SPF, DKIM and DMARC of a mail as it was received. It never throws and never takes longer than `timeoutMs`:
 * whatever goes wrong is `unknown`, which blocks nothing and proves nothing.
 */
export async function authenticateMail(
  raw: Uint8Array,
  options: {
    ip: string
    helo: string
    mailFrom: string
    resolver?: DnsResolver | undefined
    timeoutMs: number
    hostname?: string
  },
): Promise<MailAuthentication> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<MailAuthentication>((resolve) => {
    timer = setTimeout(() => resolve(unknown), options.timeoutMs)
  })
  try {
    return await Promise.race([check(raw, options), late])
  } catch {
    return unknown
  } finally {
    clearTimeout(timer)
  }
}

async function check(raw: Uint8Array, options: Parameters<typeof authenticateMail>[1]): Promise<MailAuthentication> {
  const { resolver } = options
  const result = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ip: options.ip,
    helo: options.helo,
    sender: options.mailFrom,
    mta: options.hostname ?? 'localhost',
    disableArc: true,
    disableBimi: true,
    ...(resolver ? { resolver: async (name: string, type: string) => (await resolver(name, type)) as string[][] } : {}),
  })
  const signatures = result.dkim.results
  const passed = signatures.filter((signature) => signature.status.result === 'pass')
  const proving = passed.find((signature) => signature.status.aligned)
  const spf = result.spf || undefined
  const dmarc = result.dmarc || undefined
  // Without a DMARC record the library says nothing of alignment.
  const alignment: Partial<NonNullable<typeof dmarc>['alignment']> = dmarc?.alignment ?? {}
  const domain = dmarc?.status.header?.from ?? dmarc?.domain
  const bySpf = Boolean(alignment.spf?.result) || (spf?.status.result === 'pass' && spf.domain === domain)
  // A signature that leaves the end of the body unsigned (l=) proves nothing about the words.
  const byDkim = Boolean(alignment.dkim?.result ?? proving) && !(alignment.dkim ?? proving?.status)?.underSized
  return {
    spf: verdict(spf?.status),
    dkim: verdict((proving ?? passed[0] ?? signatures[0])?.status ?? { result: 'none' }),
    dmarc: verdict(dmarc?.status),
    aligned: bySpf || byDkim,
    domain,
  }
}

/** A body that does not match its signature is a failure (RFC 8601); the library calls it neutral. */
function verdict(status: { result: string; comment?: string } | undefined): Verdict {
  if (status?.result === 'neutral' && /body hash/i.test(status.comment ?? '')) return 'fail'
  if (status?.result === 'temperr') return 'temperror'
  return verdicts.find((known) => known === status?.result) ?? 'unknown'
}
