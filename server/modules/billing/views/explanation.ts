import type { Explanation } from '#contract/billing.ts'
import type { Desk } from '#server/desk.ts'
import { getCalendar } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { readChargeFile, readInvoiceFile, type InvoiceFile } from '../charge-file.ts'
import type { Authors } from '../rules/authorship.ts'
import { explainCharge } from '../rules/explain-charge.ts'
import { explainInvoice } from '../rules/explain-invoice.ts'
import { refusal, type Around, type ExplainedLine, type Explanation as Explained } from '../rules/explanation.ts'
import { readEvents, readOperationAuthors } from '../store/authors.ts'

/** Why a mirrored charge was made, in lines that sum to the cent, or the line that does not add up. */
export async function readExplanation(desk: Desk, chargeId: string): Promise<Explanation> {
  const file = await readableOr(readChargeFile(desk, chargeId))
  if (!file) throw notFound('charge')
  if (file instanceof DeskError) return present(unreadable(file))
  const { charge, invoice } = file
  const authors = await readAuthors(desk, [charge, ...(invoice ? [invoice] : [])], file)
  return present(explainCharge({ charge, ...(invoice ? { invoice } : {}), ...(await around(desk, file)), authors }))
}

/** What a mirrored invoice asks for and what was paid on it. */
export async function readInvoiceExplanation(desk: Desk, invoiceId: string): Promise<Explanation> {
  const file = await readableOr(readInvoiceFile(desk, invoiceId))
  if (!file) throw notFound('invoice')
  if (file instanceof DeskError) return present(unreadable(file))
  const authors = await readAuthors(desk, [file.invoice], file)
  return present(explainInvoice({ invoice: file.invoice, ...(await around(desk, file)), authors }))
}

/** Events of everything that is told of, with our own operations behind them. */
async function readAuthors(
  desk: Desk,
  main: readonly { id: string; customer?: string }[],
  { subscription, creditNotes, refunds, disputes, attempts }: Omit<InvoiceFile, 'invoice'>,
): Promise<Authors> {
  const told = [...main, ...(subscription ? [subscription] : []), ...creditNotes, ...refunds, ...disputes, ...attempts]
  const customers = main.flatMap(({ customer }) => customer ?? [])
  const events = await readEvents(desk, [...told.map(({ id }) => id), ...customers])
  return { events, operations: await readOperationAuthors(desk, events) }
}

async function around(desk: Desk, file: Omit<InvoiceFile, 'invoice'>): Promise<Around> {
  const { subscription, creditedInvoices, creditNotes, refunds, disputes, attempts, prices, names } = file
  return {
    ...(subscription ? { subscription } : {}),
    creditedInvoices,
    creditNotes,
    refunds,
    disputes,
    attempts,
    prices,
    names,
    now: desk.now().epochMilliseconds,
    timeZone: (await getCalendar(desk)).hours.timeZone,
  }
}

async function readableOr<T>(reading: Promise<T>): Promise<T | DeskError> {
  return reading.catch((error: unknown) => {
    if (error instanceof DeskError && error.code === 'policy_refused') return error
    throw error
  })
}

function unreadable(error: DeskError): Explained {
  return refusal({ faultLine: 'object', sentence: error.message })
}

function present(told: Explained): Explanation {
  return {
    ...told,
    lines: told.lines.map(presentLine),
    after: told.after.map(presentLine),
    settled: told.settled.map(presentLine),
    history: told.history.map(({ at, sentence, by }) => ({
      at: Temporal.Instant.fromEpochMilliseconds(at * 1000).toString(),
      sentence,
      by: by ?? null,
    })),
  }
}

function presentLine({ code, what, sentence, money, kind }: ExplainedLine): Explanation['lines'][number] {
  return { code, what, sentence, money, kind }
}
