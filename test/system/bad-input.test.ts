import { afterAll, beforeAll, expect, test } from 'vitest'
import { pathOf, type Endpoint } from '#contract/endpoint.ts'
import { badRequests, goodRequest, nameOf, type BadRequest } from '#test/bad-input/requests.ts'
import type { KnownIds } from '#test/bad-input/example.ts'
import { examplesFor } from '#test/bad-input/examples.ts'
import { watchDatabase, type Watch } from '#test/bad-input/fingerprint.ts'
import { populate } from '#test/bad-input/populate.ts'
import { populateBilling, stripeWorld } from '#test/bad-input/populate-billing.ts'
import { faultOfRefusal } from '#test/bad-input/refusal.ts'
import type { StripeWorld } from '#test/billing/stripe-world.ts'
import { firstAdmin, type Caller } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'

/** Requests between two looks at the database. */
const atOnce = 10

let stripe: StripeWorld
let desk: WebDesk
let admin: Caller
let known: KnownIds
let watch: Watch
let endpoints: Endpoint[]
let tried = 0

beforeAll(async () => {
  stripe = await stripeWorld()
  desk = await webDesk({ LOG_LEVEL: 'silent', STRIPE_API_BASE: stripe.base })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  const populated = await populate(desk, admin)
  known = await populateBilling(desk, stripe, admin, populated.colleague, populated.known)
  watch = await watchDatabase(desk.test.world.pool)
  endpoints = await declaredEndpoints()
})
afterAll(async () => {
  console.log(`bad input: ${tried} requests tried at ${endpoints?.length} endpoints`)
  await desk?.close()
  await stripe?.close()
})

test('whatever is wrong with a request, it is refused in a sentence and changes nothing', async () => {
  const faults: string[] = []
  for (const endpoint of endpoints) {
    const requests = [...badRequests(endpoint, known, examplesFor(known))]
    for (let at = 0; at < requests.length; at += atOnce) {
      const batch = requests.slice(at, at + atOnce)
      const found = await Promise.all(batch.map((request) => faultOf(request)))
      faults.push(...found.flatMap((fault) => (fault ? [`${nameOf(endpoint)}: ${fault}`] : [])))
      const changed = await watch.changed()
      if (changed.length > 0)
        faults.push(
          `${nameOf(endpoint)}: one of ${batch.map(({ fault }) => fault).join(', ')} changed ${changed.join(', ')}`,
        )
    }
  }
  expect(faults).toEqual([])
}, 240_000)

test('reading changes nothing', async () => {
  const wrote: string[] = []
  for (const endpoint of endpoints.filter(({ method }) => method === 'GET')) {
    const { params, query } = goodRequest(endpoint, known, examplesFor(known))
    const { status } = await admin.get(
      `${pathOf(endpoint, params).slice('/api/v1'.length)}?${new URLSearchParams(query)}`,
    )
    if (status !== 200) wrote.push(`${nameOf(endpoint)} answered ${status}`)
    for (const table of await watch.changed()) wrote.push(`${nameOf(endpoint)} changed ${table}`)
  }
  expect(wrote).toEqual([])
})

test('without its fault, a request is taken', async () => {
  const refused: string[] = []
  for (const endpoint of endpoints) {
    const { params, query, body } = goodRequest(endpoint, known, examplesFor(known))
    const answer = await admin.send(
      endpoint.method,
      `${pathOf(endpoint, params).slice('/api/v1'.length)}?${new URLSearchParams(query)}`,
      body,
    )
    if (answer.status >= 300) refused.push(`${nameOf(endpoint)}: ${answer.status} ${answer.body.error?.message}`)
  }
  expect(refused).toEqual(refusedForWhatTheyMean)
})

/** What cannot be had without a history that this desk has not. */
const refusedForWhatTheyMean = [
  'POST /operations/{id}/recheck: 409 This operation is cancelled; only an unknown one can be looked up again.',
  'POST /approvals/{id}/approve: 409 This request is already rejected.',
  'POST /approvals/{id}/reject: 409 This request is already rejected.',
  'POST /tickets/{id}/authority-code/check: 422 This is not the code.',
  'POST /tickets/{id}/split: 409 A reply among these is just leaving. Wait until it has left, or take it back first.',
  'POST /tickets/{id}/move: 400 body.toTicketId: is the ticket they are in already.',
  'POST /tickets/{id}/merge: 400 body.into: a ticket cannot be merged into itself.',
  'POST /tickets/{id}/sender: 409 That contact is the sender of #1001 already.',
  'POST /corrections/{id}/undo: 409 This cannot be undone. A reply on #1001 is about to leave. Wait, or take it back first.',
  'DELETE /tickets/{id}: 409 A reply is about to leave. Take it back, or wait until it has left.',
  'POST /tickets/{id}/restore: 404 There is no such deleted ticket.',
  'POST /messages/{id}/retry: 409 This mail does not wait for another try.',
  'POST /messages/{id}/resend-to: 409 Only a reply that has left can be sent to others.',
  'PUT /tickets/{id}/answer-address: 409 The last mail asks for no other address.',
  'POST /messages/{id}/resend: 409 Only a mail that failed, came back or is unknown can be sent again.',
  'POST /messages/{id}/settle: 409 Only a delivery that nobody knows about can be settled.',
  'POST /messages/{id}/keep-here: 409 There is nothing to decide about this message.',
  'POST /balance-credits: 404 There is no such preview.',
  'POST /subscription-cancellations: 404 There is no such preview.',
  'POST /product-operations: 409 Set seats was changed meanwhile. Look at it again.',
  'POST /dkim-keys/{domain}/{selector}/check: 404 There is no such key.',
  'PATCH /dkim-keys/{domain}/{selector}: 404 There is no such key.',
  'POST /billing/accounts: 409 acct_1EmulatedMainstay00 is the first account, which is connected by the configuration.',
  'DELETE /billing/accounts/{id}: 404 There is no such Stripe account.',
  'POST /setup: 400 This link was used already, has expired, or is not one of ours.',
  'POST /invitations/accept: 400 This link was used already, has expired, or is not one of ours.',
]

async function faultOf(request: BadRequest): Promise<string | null> {
  tried++
  const response = await fetch(desk.url + request.path, {
    method: request.method,
    headers: { ...admin.headers, ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const { status } = response
  const text = await response.text()
  if (text.includes('There is nothing at this address')) return `${request.fault}: is not served`
  if (request.expected === 'survived' && status < 400) return null
  if (request.expected === 'unknown' && status !== 404)
    return `${request.fault}: answered ${status} ${text.slice(0, 150)}`
  const fault = faultOfRefusal(status, text)
  return fault && `${request.fault}: ${fault}`
}
