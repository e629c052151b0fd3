import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveDocuments } from './derivation/derive-documents.ts'
import { renderDocument } from './derivation/render-document.ts'

/** Writes the schemas anew from the installed client's declarations: `node emulators/stripe/oracle/derive.ts`. */
const folder = join(import.meta.dirname, 'schemas')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
for (const [name, document] of deriveDocuments()) writeFileSync(join(folder, name), renderDocument(document))
