import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { resources } from '../registry.ts'
import { moveTo, startStripe } from '../test-desk.ts'
import { ensureObject } from './conformance.ts'
import { oracle } from './documents.ts'

/** An account that is held expanded is shown in its oldest and shortest form. */
const stub = (at: string) =>
  ['charges_enabled', 'details_submitted', 'email', 'payouts_enabled', 'type'].map((field) => `${at} lacks ${field}`)

/** What the official example objects do not have as the declarations have it; everything else about them must pass. */
const EXCEPTIONS: Record<string, string[]> = {
  // Fields younger than the examples.
  account: ['/business_profile lacks specified_commercial_transactions_act_url'],
  'billing_portal.configuration': [
    '/features lacks subscription_pause',
    '/features/subscription_cancel/cancellation_reason lacks feedback_options',
  ],
  'billing_portal.session': ['/flow lacks customer_update', '/flow lacks subscription_pause'],
  dispute: ['it lacks intended_submission_method', '/evidence_details lacks submission_method'],
  product: ['it lacks tax_details'],
  setup_intent: ['it lacks allowed_payment_method_types'],
  subscription_item: ['it lacks current_trial'],
  // Younger fields, and a receiving account that is a stub.
  charge: ['/payment_method_details/card lacks electronic_commerce_indicator', ...stub('/transfer_data/destination')],
  payment_intent: [
    'it lacks allowed_payment_method_types',
    'it lacks payment_record',
    ...stub('/transfer_data/destination'),
  ],
  subscription: [
    '/cancellation_details lacks feedback_option',
    '/items/data/0 lacks current_trial',
    '/pending_update lacks cancel_at_period_end',
    ...stub('/transfer_data/destination'),
    '/trial_settings/end_behavior lacks billing_cycle_anchor',
  ],
  subscription_schedule: [
    'it lacks pause_schedules',
    ...stub('/default_settings/transfer_data/destination'),
    ...stub('/phases/0/transfer_data/destination'),
  ],
  // A field of versions before this one, which the examples keep.
  invoice: ['it has subscription besides'],
}

const path = join(process.env.TEST_DATA_DIR ?? '../shared/data', 'contracts/stripe/fixtures3.json')
const absent = !existsSync(path)
if (absent) console.log(`Skipped: the official example objects are not at ${path}.`)
type Example = { id: string; object: string; created: number }
const examples: Record<string, Example> = absent
  ? {}
  : (JSON.parse(readFileSync(path, 'utf8')) as { resources: Record<string, Example> }).resources
const covered = Object.keys(oracle().objects).filter((name) => name in examples)

function faultsOf(example: object): string[] {
  try {
    ensureObject(example)
    return []
  } catch (error) {
    return (error as Error).message
      .replace(/^.*? is not as Stripe's: /, '')
      .split('; ')
      .map((fault) => fault.replace(/must have required property '(\w+)'$/, 'lacks $1'))
      .map((fault) => fault.replace(/must NOT have additional properties: (\w+)$/, 'has $1 besides'))
  }
}

/** What the emulator keeps under a shorter name than Stripe's. */
const KEPT_AS: Record<string, string> = { 'billing.meter': 'meter', 'test_helpers.test_clock': 'test_clock' }

describe.skipIf(absent)('the official example objects', () => {
  test('are there for nearly all that the oracle knows', () => {
    expect(covered.length).toBeGreaterThan(50)
    expect(Object.keys(EXCEPTIONS).filter((name) => !covered.includes(name))).toEqual([])
  })

  test.each(covered)('%s', (name) => {
    expect(faultsOf(examples[name] as Example).toSorted()).toEqual((EXCEPTIONS[name] ?? []).toSorted())
  })

  test('are served by the emulator as they are when it is seeded with them', async () => {
    const { base, store, clock } = await startStripe()
    // Events are kept for thirty days only.
    moveTo(clock, (examples.event as Example).created * 1000)
    const get = async (at: string): Promise<unknown> => {
      const answer = await fetch(`${base}/stripe${at}`, { headers: { authorization: 'Bearer sk_test_1' } })
      return answer.json()
    }
    const paths = Object.values(resources)
      .flat()
      .flatMap(({ method, path }) => (method === 'GET' && /^\/v1\/[^:]+\/:id$/.test(path) ? [path] : []))
    const seeded = paths.flatMap((at) => {
      const [name = ''] = oracle().endpoints[`GET ${at}`]?.answer.resources ?? []
      return covered.includes(name) && !(name in EXCEPTIONS) ? [{ name, at }] : []
    })
    expect(seeded.length).toBeGreaterThan(6)
    for (const { name } of seeded)
      store.put(`stripe.${KEPT_AS[name] ?? name}`, (examples[name] as Example).id, examples[name])
    for (const { name, at } of seeded) {
      const example = examples[name] as Example
      expect(await get(at.replace(':id', example.id))).toEqual(example)
    }
  })
})
