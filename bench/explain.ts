import { explainCharge } from '#server/modules/billing/rules/explain-charge.ts'
import { explainInvoice } from '#server/modules/billing/rules/explain-invoice.ts'
import { modelInvoice, modelKinds } from '#test/billing/invoice-model.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'

/** Invoices of every kind of the model, with the charges that paid them, explained one after another. Every one must close. */
export const explain: Bench = async (options) => {
  const invoices = count(options, 'invoices', 20_000)
  say(`Making ${invoices} invoices of ${modelKinds.length} kinds.`)
  const models = Array.from({ length: invoices }, (_, index) =>
    modelInvoice(modelKinds[index % modelKinds.length] ?? '', index),
  )
  for (const { invoice } of models.slice(0, 500)) explainInvoice(invoice)
  const durations: number[] = []
  const refused: string[] = []
  let charges = 0
  const began = performance.now()
  for (const { kind, invoice, charge } of models) {
    const started = performance.now()
    const told = [explainInvoice(invoice), ...(charge ? [explainCharge(charge)] : [])]
    durations.push(performance.now() - started)
    if (charge) charges++
    const fault = told.find(({ closes }) => !closes)
    if (fault) refused.push(`${kind}: ${fault.sentence}`)
  }
  const seconds = (performance.now() - began) / 1000
  if (refused.length) throw new Error(`${refused.length} of ${invoices} do not close, such as ${refused[0]}`)
  return {
    name: 'explain',
    sizes: { invoices, charges, kinds: modelKinds.length },
    ops: invoices,
    seconds: round(seconds),
    perSecond: round(invoices / seconds),
    ms: percentiles(durations),
    peakMb: { explainer: round(process.memoryUsage.rss() / 2 ** 20) },
    quality: { closing: '100 %' },
    checked: ['the lines of every invoice and of every charge sum to what was due and charged'],
  }
}
