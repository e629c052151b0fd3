import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export type OutboundRequest = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string
  timeoutMs: number
  /** Origins that may be called although they are not in the open internet: emulated counterparts. */
  allowed: readonly string[]
}

/** `sent` says whether the other side may have heard of it. */
export type OutboundAnswer =
  | { ok: true; status: number; headers: http.IncomingHttpHeaders; body: string }
  | { ok: false; reason: 'refused' | 'timeout' | 'connection_lost' | 'too_long'; sent: boolean; detail: string }

const maxBytes = 256 * 1024

/** Why an address may not be called, in words; undefined when it may, as far as its text tells. */
export function objectionTo(url: string, allowed: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'is not an address'
  const { protocol, hostname, username, password, origin } = new URL(url)
  if (username || password) return 'must not carry a name or password'
  if (allowed.includes(origin)) return undefined
  if (protocol !== 'https:') return 'must begin with https://'
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublicAddress(host)) return 'leads into a private network'
  if (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host)) return 'leads into a private network'
  return undefined
}

/**
 * One request to an address that somebody configured. The address is checked again as the connection is made, on what its name
 * means then; redirections are not followed, and a long answer is cut off.
 */
export function outboundRequest(request: OutboundRequest): Promise<OutboundAnswer> {
  const objection = objectionTo(request.url, request.allowed)
  if (objection)
    return Promise.resolve({ ok: false, reason: 'refused', sent: false, detail: `The address ${objection}.` })
  const url = new URL(request.url)
  const isAllowed = request.allowed.includes(url.origin)
  return new Promise((resolve) => {
    let sent = false
    const client = url.protocol === 'https:' ? https : http
    const call = client.request(
      url,
      {
        method: request.method,
        headers: request.headers,
        agent: false,
        ...(isAllowed ? {} : { lookup: publicLookup }),
      },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > maxBytes) end({ ok: false, reason: 'too_long', sent, detail: 'The answer was too long.' })
          else chunks.push(chunk)
        })
        answer.on('end', () =>
          end({
            ok: true,
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
        answer.on('error', (error) => lost(error))
      },
    )
    const timer = setTimeout(
      () => end({ ok: false, reason: 'timeout', sent, detail: `No answer within ${request.timeoutMs} ms.` }),
      request.timeoutMs,
    )
    const end = (answer: OutboundAnswer) => {
      clearTimeout(timer)
      resolve(answer)
      call.destroy()
    }
    const lost = (error: Error) =>
      end(
        error instanceof PrivateAddress
          ? { ok: false, reason: 'refused', sent: false, detail: error.message }
          : { ok: false, reason: 'connection_lost', sent, detail: error.message },
      )
    call.on('socket', (socket) => {
      socket.once(client === https ? 'secureConnect' : 'connect', () => (sent = true))
    })
    call.on('error', lost)
    call.end(request.body)
  })
}

class PrivateAddress extends Error {}

/** Resolves a name, and refuses it when any of what it means lies in a private network. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const closed = addresses.find(({ address }) => !isPublicAddress(address))
    const [first] = addresses
    if (closed || !first)
      return callback(new PrivateAddress(`${hostname} leads into a private network (${closed?.address}).`), '', 0)
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}
