/** Somebody who calls the API: by key, or as a browser does, with a cookie and the desk's own Origin. */
export type Caller = {
  headers: Record<string, string>
  get(path: string): Promise<Answered>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
}

export type Answered = { status: number; body: Json; headers: Headers }

// What came over the wire is looked at field by field, in tests only.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

/** Calls below /api/v1 with these headers. */
export function callerWith(url: string, own: Record<string, string>): Caller {
  const send: Caller['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...own, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }
  return { headers: own, send, get: (path) => send('GET', path) }
}

export function byKey(url: string, secret: string): Caller {
  return callerWith(url, { authorization: `Bearer ${secret}` })
}

/** Signs in and calls as the desk's own page does. */
export async function bySession(url: string, email: string, password: string): Promise<Caller> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return callerWith(url, { cookie, origin: url })
}

/** Makes the first admin, who is lead and finance as well, and signs in. */
export async function firstAdmin(url: string, setupUrl: string): Promise<Caller> {
  const token = new URL(setupUrl).searchParams.get('token')
  const person = { email: 'first@example.com', password: 'a long password of the tests' }
  const made = await callerWith(url, {}).send('POST', '/setup', { token, name: 'First Admin', ...person })
  if (made.status !== 201) throw new Error(`set-up answered ${made.status}: ${JSON.stringify(made.body)}`)
  return bySession(url, person.email, person.password)
}

/** Invites an agent, accepts for them and signs in. */
export async function joined(
  url: string,
  admin: Caller,
  invitation: { name: string; email: string; roles: string[]; [field: string]: unknown },
) {
  const invited = await admin.send('POST', '/agents', invitation)
  const token = new URL(String(invited.body.invitationUrl)).searchParams.get('token')
  const password = `${invitation.name} has a long password`
  await callerWith(url, {}).send('POST', '/invitations/accept', { token, password })
  return { id: String(invited.body.agent.id), caller: await bySession(url, invitation.email, password) }
}
