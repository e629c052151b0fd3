import type { Explanation } from '#contract/billing.ts'
import { explainCharge } from '#server/modules/billing/rules/explain-charge.ts'
import { explainInvoice } from '#server/modules/billing/rules/explain-invoice.ts'
import { play, histories, type Played } from '#test/billing/histories/play.ts'
import { modelInvoice, modelKinds } from '#test/billing/invoice-model.ts'
import { startStripeWorld, type StripeWorld } from '#test/billing/stripe-world.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'

/** One invoice or charge of a history; `owed` is false where there is nothing to explain: drafts, failed and held charges. */
type Subject = { kind: string; path: string; owed: boolean }

/**
 * Histories of customers at the emulated Stripe (`--rounds` of every kind), copied by a desk, and every invoice and charge of
 * them asked for over its API, `--passes` times. Then invoices of a model (`--invoices`), in the rules alone. Prints the share
 * that closes for each kind, with the reasons of what is refused, and fails when anything owed is.
 */
export const explain: Bench = async (options) => {
  const [rounds, passes] = [count(options, 'rounds', 2), count(options, 'passes', 3)]
  const kinds = Object.keys(histories)
  const stripe = await startStripeWorld(Date.now() - 40 * 86_400_000)
  try {
    say(`Letting ${rounds} × ${kinds.length} kinds of history happen at the emulated Stripe.`)
    const played = await playRounds(stripe, kinds, rounds)
    const subjects = await subjectsOf(stripe, played)
    const desk = await startCopiedDesk(stripe)
    try {
      const { durations, seconds, told } = await askAll(desk, subjects, passes)
      const owed = told.filter(({ subject }) => subject.owed)
      const refused = owed.filter(({ closes }) => !closes)
      sayShares(kinds, told)
      const wrong = told.find(({ subject, closes }) => !subject.owed && closes)
      if (wrong) throw new Error(`${wrong.subject.path} closes although there is nothing to explain`)
      if (refused.length) throw new Error(`${refused.length} of ${owed.length} do not close, ${refused[0]?.reason}`)
      const ops = subjects.length * passes
      return {
        name: 'explain',
        sizes: { kinds: kinds.length, invoicesAndCharges: subjects.length, closing: owed.length, requests: ops },
        ops,
        seconds: round(seconds),
        perSecond: round(ops / seconds),
        ms: percentiles(durations),
        peakMb: { bench: round(process.memoryUsage.rss() / 2 ** 20) },
        quality: {
          closing: `${round((100 * (owed.length - refused.length)) / owed.length)} %`,
          ...explainModels(count(options, 'invoices', 20_000)),
        },
        checked: [
          'the lines of every invoice and charge that asks for or took money close',
          'drafts, failed and held charges are refused',
        ],
      }
    } finally {
      await desk.remove()
    }
  } finally {
    await stripe.close()
  }
}

async function playRounds(stripe: StripeWorld, kinds: readonly string[], rounds: number): Promise<Played[]> {
  const began = stripe.clock.offset()
  let passed = 0
  const advance = async ({ seconds }: { seconds: number }) => {
    passed += seconds * 1000
    stripe.clock.setOffset(began + passed)
    await stripe.control('POST', '/advance')
  }
  const all = Array.from({ length: rounds }, () => kinds).flat()
  const played = await play({ ...stripe, advance }, all, 7)
  stripe.clock.setOffset(0)
  return played
}

async function subjectsOf({ stripe }: StripeWorld, played: readonly Played[]): Promise<Subject[]> {
  const subjects: Subject[] = []
  for (const { kind, customer } of played) {
    for await (const { id, status } of stripe.invoices.list({ customer, limit: 100 }))
      subjects.push({ kind, path: `/billing/invoices/${id}/explanation`, owed: status !== 'draft' })
    for await (const { id, status, captured } of stripe.charges.list({ customer, limit: 100 }))
      subjects.push({ kind, path: `/billing/charges/${id}/explanation`, owed: status === 'succeeded' && captured })
  }
  return subjects
}

async function startCopiedDesk(stripe: StripeWorld): Promise<RunningDesk> {
  const desk = await startRunningDesk({
    MAINSTAY_CHECK_RESULTS: '0',
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: 'whsec_bench',
    STRIPE_API_BASE: stripe.base,
  })
  type Mirror = { copy: { state: string } | null; waiting: number }
  const status = async () => (await desk.api<Mirror>('GET', '/billing/mirror')).body
  await until(async () => (await status()).copy?.state === 'done', 'the first copy', 300)
  await until(async () => (await status()).waiting === 0, 'what the copy named', 300)
  return desk
}

type Told = { subject: Subject; closes: boolean; reason: string }

/** Eight callers at once, as many agents would. The answers of the first pass are kept. */
async function askAll(desk: RunningDesk, subjects: readonly Subject[], passes: number) {
  const queue = Array.from({ length: passes }, () => subjects).flat()
  const durations: number[] = []
  const told: Told[] = []
  let next = 0
  const began = performance.now()
  const ask = async () => {
    for (let at = next++; at < queue.length; at = next++) {
      const subject = queue[at]
      if (!subject) return
      const started = performance.now()
      const { status, body } = await desk.api<Explanation>('GET', subject.path)
      durations.push(performance.now() - started)
      if (status !== 200) throw new Error(`${subject.path} was answered ${status}: ${JSON.stringify(body)}`)
      if (at < subjects.length)
        told.push({ subject, closes: body.closes, reason: `${subject.kind}, ${body.faultLine}: ${body.sentence}` })
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
  return { durations, seconds: (performance.now() - began) / 1000, told }
}

function sayShares(kinds: readonly string[], told: readonly Told[]): void {
  for (const kind of kinds) {
    const owed = told.filter(({ subject }) => subject.kind === kind && subject.owed)
    const closing = owed.filter(({ closes }) => closes).length
    const share = owed.length ? `${round((100 * closing) / owed.length)} % of ${owed.length}` : 'nothing to explain'
    say(`${kind}: ${share}`)
  }
  const reasons = new Map<string, number>()
  for (const { reason, subject } of told.filter(({ closes }) => !closes)) {
    const line = `Refused${subject.owed ? '' : ' rightly'}: ${reason}`
    reasons.set(line, (reasons.get(line) ?? 0) + 1)
  }
  for (const [line, times] of reasons) say(times === 1 ? line : `${line} (${times} times)`)
}

/** Invoices of a model and the charges that paid them, explained without any reading. */
function explainModels(invoices: number): { modelled: number; modelledPerSecond: number } {
  const models = Array.from({ length: invoices }, (_, index) =>
    modelInvoice(modelKinds[index % modelKinds.length] ?? '', index),
  )
  const began = performance.now()
  for (const { kind, invoice, charge } of models) {
    const fault = [explainInvoice(invoice), ...(charge ? [explainCharge(charge)] : [])].find(({ closes }) => !closes)
    if (fault) throw new Error(`${kind} of the model does not close: ${fault.sentence}`)
  }
  return { modelled: invoices, modelledPerSecond: Math.round((1000 * invoices) / (performance.now() - began)) }
}
