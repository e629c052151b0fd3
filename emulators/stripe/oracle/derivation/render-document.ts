import type { OracleDocument } from './json-schema.ts'

/** The text of a document as it is committed: one line for each object, endpoint and event, so that differences can be read. */
export function renderDocument(document: OracleDocument): string {
  const sections = Object.entries(document).map(([section, entries]) => {
    const lines = Object.entries(entries)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    return `${JSON.stringify(section)}:{${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}}`
  })
  return `{\n${sections.join(',\n')}\n}\n`
}
