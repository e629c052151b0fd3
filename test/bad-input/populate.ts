import { mailboxesFor, receiveMail } from '#modules/inbox/index.ts'
import { joined, type Caller } from '../caller.ts'
import type { WebDesk } from '../web-desk.ts'
import type { KnownIds } from './example.ts'
import { nowhere } from './examples.ts'

/** Puts one of everything into a desk; returns their ids, and the agent among them. */
export async function populate(desk: WebDesk, admin: Caller): Promise<{ known: KnownIds; colleague: Caller }> {
  const made = async (path: string, body: unknown) => {
    const answer = await admin.send('POST', path, body)
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  // The first team is the oldest, and a clock that stands still makes all of them equally old.
  desk.test.clock.advance({ seconds: 1 })
  const team = await made('/teams', { name: 'Second line' })
  const account = await made('/accounts', { name: 'Example', domains: ['example.org'] })
  const ticket = await made('/tickets', {
    subject: 'Where is my invoice?',
    requester: { email: 'customer@example.org', name: 'A Customer' },
    direction: 'inbound',
    message: { text: 'I cannot find it.' },
  })
  const file = await made(`/tickets/${ticket.id}/attachments`, { name: 'a.txt', type: 'text/plain', base64: 'YQ==' })
  const key = await made('/api-keys', { name: 'a key', role: 'viewer' })
  const message = await made(`/tickets/${ticket.id}/messages`, { kind: 'reply', text: 'Here it is.' })
  const [box] = (await admin.get('/mailboxes')).body.items
  await admin.send('PUT', `/mailboxes/${box.id}/feed`, nowhere)
  const colleague = await joined(desk.url, admin, {
    name: 'Colleague',
    email: 'colleague@example.com',
    roles: ['agent'],
  })
  const itemId = await parkedItem(desk)
  const rerun = await admin.send('POST', '/custody/reruns', {})
  const archive = await made('/imports', { mailboxId: box.id, upload: { name: 'old.mbox', size: 100 } })
  const other = await made('/tickets', {
    subject: 'Where is my invoice?',
    requester: { email: 'customer@example.org' },
    direction: 'inbound',
    message: { text: 'I asked already.' },
  })
  const merge = await made(`/tickets/${other.id}/merge`, { into: ticket.id })
  const known = {
    tkt: ticket.id,
    msg: message.id,
    con: ticket.requester.id,
    acc: account.id,
    agt: colleague.id,
    tea: team.id,
    key: key.key.id,
    box: box.id,
    att: file.id,
    itm: itemId,
    rrn: rerun.body.id,
    imp: archive.id,
    cor: merge.id,
  }
  return { known, colleague: colleague.caller }
}

/** A mail that nobody can parse. */
async function parkedItem(desk: WebDesk): Promise<string> {
  const system = desk.test.desk()
  const address = desk.config.supportAddress
  const [received] = await receiveMail(system, {
    raw: Buffer.alloc(0),
    mailboxes: await mailboxesFor(system, [address]),
    envelope: { from: 'somebody@example.com', to: [address], ip: null, helo: null },
  })
  return received?.itemId ?? ''
}
