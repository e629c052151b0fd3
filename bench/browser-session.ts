import { Agent, request } from 'node:http'
import type { RunningDesk } from '#test/running-desk.ts'

export type Session = {
  agentId: string
  /** The answer of a GET below /api/v1 and how long it took, in milliseconds. */
  get<T>(path: string): Promise<{ body: T; ms: number }>
  close(): void
}

/** An agent signed in with a cookie, over connections that stay open, as a browser has them. */
export async function signIn(desk: RunningDesk): Promise<Session> {
  const email = 'ben@bench.test'
  const password = 'a password for the bench'
  const made = await desk.api<{ agent: { id: string }; invitationUrl: string }>('POST', '/agents', {
    name: 'Ben Bench',
    email,
    roles: ['lead'],
  })
  const token = new URL(made.body.invitationUrl).searchParams.get('token')
  await desk.api('POST', '/invitations/accept', { token, password })
  const answer = await fetch(`${desk.url()}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: desk.url() },
    body: JSON.stringify({ email, password }),
  })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const agent = new Agent({ keepAlive: true, maxSockets: 12 })
  return {
    agentId: made.body.agent.id,
    get: (path) => timed(`${desk.url()}/api/v1${path}`, cookie, agent),
    close: () => agent.destroy(),
  }
}

function timed<T>(url: string, cookie: string, agent: Agent): Promise<{ body: T; ms: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const asked = request(url, { agent, headers: { cookie, accept: 'application/json' } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const ms = performance.now() - began
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode} ${text.slice(0, 200)}`))
        else resolve({ body: JSON.parse(text) as T, ms })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}
