import * as contract from '#contract/imports.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { changeImport } from './imports/change-import.ts'
import { listFolder } from './imports/import-folder.ts'
import { addChunk, startImport } from './imports/start-import.ts'
import { listImports, readImportView } from './views/imports.ts'

/** Mail from elsewhere as history. */
export const importRoutes: AnyRoute[] = [
  route(contract.listImports, ({ desk, query }) => listImports(desk, query)),
  route(contract.listImportFiles, ({ desk }) => listFolder(desk)),
  route(contract.getImport, ({ desk, params }) => readImportView(desk, params.id)),
  route(contract.startImport, async ({ desk, body }) => readImportView(desk, await startImport(desk, body))),
  route(contract.uploadImportChunk, async ({ desk, params, body }) => {
    await addChunk(desk, params.id, body.offset, Buffer.from(body.base64, 'base64'))
    return readImportView(desk, params.id)
  }),
  route(contract.changeImport, async ({ desk, params, body }) => {
    await changeImport(desk, params.id, body.action)
    return readImportView(desk, params.id)
  }),
]
