import { describe, expect, it } from 'vitest'
import { modelInvoice, modelKinds, type ModelInvoice } from '#test/billing/invoice-model.ts'
import { explainCharge } from './explain-charge.ts'
import { explainInvoice } from './explain-invoice.ts'
import type { Explanation } from './explanation.ts'

function told({ invoice, charge }: ModelInvoice): Explanation[] {
  return [explainInvoice(invoice), ...(charge ? [explainCharge(charge)] : [])]
}

const parts = (lines: Explanation['lines']): number =>
  lines.reduce((all, line) => (line.kind === 'part' ? all + line.money.amount : all), 0)

describe('invoices of a model of our own', () => {
  it('close to the cent, whatever their kind', () => {
    for (const [index, kind] of modelKinds.entries())
      for (const seed of [index, index + 5000]) {
        const model = modelInvoice(kind, seed)
        for (const one of told(model)) {
          expect([kind, seed, one.closes ? '' : one.sentence]).toEqual([kind, seed, ''])
          for (const line of [...one.lines, ...one.after, ...one.settled])
            expect([kind, line.sentence]).toEqual([kind, expect.stringMatching(/^\S.*\.$/)])
        }
        const [whole, charged] = told(model)
        expect([kind, parts(whole?.lines ?? [])]).toEqual([kind, model.invoice.invoice.amountDue])
        if (model.charge)
          expect([kind, parts(charged?.lines ?? [])]).toEqual([kind, model.charge.charge.amountCaptured])
      }
  })

  it('are refused when one amount is off by a cent, and the line is named', () => {
    const wrong: unknown[] = []
    for (const [index, kind] of modelKinds.entries()) {
      for (const change of changesOf(modelInvoice(kind, index))) {
        const model = structuredClone(modelInvoice(kind, index))
        change.apply(model)
        const refused = told(model).filter((one) => !one.closes)
        const named = refused.every((one) => one.faultLine && (!change.line || one.faultLine === change.line))
        if (!refused.length || !named)
          wrong.push([kind, index, change.name, refused.map((one) => [one.faultLine, one.sentence])])
      }
    }
    expect(wrong).toEqual([])
  })
})

type Change = { name: string; line?: string; apply: (model: ModelInvoice) => void }

/** Every amount that has a meaning, one cent more. */
function changesOf({ invoice: { invoice }, charge }: ModelInvoice): Change[] {
  const sums = [
    'subtotal',
    'total',
    'amountDue',
    'startingBalance',
    'endingBalance',
    'prePaymentCreditNotes',
    'creditGrants',
    'amountShipping',
    'amountPaid',
    'amountRemaining',
  ] as const
  const changes: Change[] = sums.map((key) => ({
    name: key,
    apply: (model) => each(model, (one) => (one[key] = (one[key] ?? 0) + 1)),
  }))
  invoice.lines.forEach((line, index) => {
    const known = line.unitAmount !== undefined || line.proration || line.quantity !== 1
    changes.push({
      name: `line ${index}`,
      ...(known ? { line: line.id } : {}),
      apply: (model) => each(model, (one) => (at(one.lines, index).amount += 1)),
    })
    if (line.discounts.length)
      changes.push({
        name: `discount of line ${index}`,
        line: 'discount',
        apply: (model) => each(model, (one) => (at(at(one.lines, index).discounts, 0).amount += 1)),
      })
    if (line.taxes.length)
      changes.push({
        name: `tax of line ${index}`,
        line: 'tax',
        apply: (model) => each(model, (one) => (at(at(one.lines, index).taxes, 0).amount += 1)),
      })
  })
  const onLines = (key: 'discounts' | 'taxes', line: string) =>
    invoice.lines.some((one) => one[key].length) ? { line } : {}
  if (invoice.discounts.length)
    changes.push({
      name: 'discount',
      ...onLines('discounts', 'discount'),
      apply: (model) => each(model, (one) => (at(one.discounts, 0).amount += 1)),
    })
  if (invoice.taxes.length)
    changes.push({
      name: 'tax',
      ...onLines('taxes', 'tax'),
      apply: (model) => each(model, (one) => (at(one.taxes, 0).amount += 1)),
    })
  if (invoice.payments.length)
    changes.push({ name: 'payment', apply: (model) => each(model, (one) => (at(one.payments, 0).amountPaid += 1)) })
  if (!charge) return changes
  changes.push({ name: 'charge', apply: (model) => model.charge && (model.charge.charge.amountCaptured += 1) })
  if (charge.refunds?.length)
    changes.push({
      name: 'refund',
      line: 'refunds',
      apply: (model) => model.charge?.refunds && (at(model.charge.refunds, 0).amount += 1),
    })
  const { balance } = charge.charge
  if (balance)
    for (const key of ['fee', 'net', 'amount'] as const)
      changes.push({
        name: `balance ${key}`,
        apply: (model) => model.charge?.charge.balance && (model.charge.charge.balance[key] += 1),
      })
  return changes
}

function each(model: ModelInvoice, change: (invoice: ModelInvoice['invoice']['invoice']) => unknown): void {
  const invoices = new Set([model.invoice.invoice, ...(model.charge?.invoice ? [model.charge.invoice] : [])])
  for (const invoice of invoices) change(invoice)
}

function at<T>(list: T[], index: number): T {
  const one = list[index]
  if (!one) throw new Error(`no ${index}`)
  return one
}
