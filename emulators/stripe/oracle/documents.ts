import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OracleDocument } from './derivation/json-schema.ts'

const folder = join(import.meta.dirname, 'schemas')
let documents: Required<OracleDocument> | undefined

/** Everything that was derived, read when it is first asked for. */
export function oracle(): Required<OracleDocument> {
  documents ??= readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as OracleDocument)
    .reduce<Required<OracleDocument>>(
      (all, { objects, endpoints, events }) => ({
        objects: Object.assign(all.objects, objects),
        endpoints: Object.assign(all.endpoints, endpoints),
        events: Object.assign(all.events, events),
      }),
      { objects: {}, endpoints: {}, events: {} },
    )
  return documents
}
