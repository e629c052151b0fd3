import type { EntitlementImport, importEntitlements as endpoint } from '#contract/entitlements.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { readEntitlementCsv, type ReadCsv } from '../rules/entitlement-csv.ts'
import type { EntitlementOutcome } from '../rules/entitlement-order.ts'
import { judgeEntitlements, saveEntitlements, type Statement } from './save-entitlements.ts'

const shownProblems = 200
const atOnce = 500

/** What a file would change. */
export async function previewImport(desk: Desk, file: BodyOf<typeof endpoint>): Promise<EntitlementImport> {
  const read = readEntitlementCsv(file.csv, file.asOf)
  return report(
    read,
    await inChunks(read.good, (rows) => judgeEntitlements(desk, rows).then((all) => all.map(({ outcome }) => outcome))),
  )
}

/** Takes a file in, as far as it can be read. Broken off in the middle, the same file again does the rest. */
export async function runImport(desk: Desk, file: BodyOf<typeof endpoint>): Promise<EntitlementImport> {
  const read = readEntitlementCsv(file.csv, file.asOf)
  const source = { kind: 'csv' as const, name: file.name }
  return desk.transaction(async (tx) => {
    const made = report(read, await inChunks(read.good, (rows) => saveEntitlements(tx, source, rows)))
    const { problems: _, ...counts } = made
    await tx.emit({ type: 'entitlement.imported', data: counts })
    return made
  })
}

async function inChunks(
  statements: readonly Statement[],
  work: (rows: readonly Statement[]) => Promise<EntitlementOutcome[]>,
): Promise<EntitlementOutcome[]> {
  const outcomes: EntitlementOutcome[] = []
  for (let at = 0; at < statements.length; at += atOnce)
    outcomes.push(...(await work(statements.slice(at, at + atOnce))))
  return outcomes
}

function report({ rows, problems }: ReadCsv, outcomes: readonly EntitlementOutcome[]): EntitlementImport {
  const count = (wanted: EntitlementOutcome) => outcomes.filter((outcome) => outcome === wanted).length
  return {
    rows,
    new: count('new'),
    changed: count('changed'),
    same: count('same'),
    older: count('older'),
    problems: problems.slice(0, shownProblems),
    problemRows: new Set(problems.map(({ line }) => line)).size,
  }
}
