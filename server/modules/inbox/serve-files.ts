import type { FastifyInstance } from 'fastify'
import { createDesk, systemActor, type World } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { isGoodFileUrl } from './file-links.ts'

/** Types a browser may show in place; everything else is a download, whatever it says it is. */
const showable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain', 'application/pdf'])

/** GET /files/{id}: an attachment, by an address that the API signed. The signature is the permission; it lasts half an hour. */
export function serveFiles(app: FastifyInstance, world: World): void {
  app.get('/files/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    const { until, sig } = request.query as { until?: string; sig?: string }
    const desk = createDesk(world, systemActor)
    const isGood = /^att_[0-9a-z]{26}$/.test(id) && /^\d{1,12}$/.test(until ?? '') && typeof sig === 'string'
    if (!isGood || !isGoodFileUrl(desk, id, Number(until), sig))
      throw new DeskError('forbidden', 'This address has expired. Open the message again.')
    const { rows } = await desk.connection.query<{ hash: string; name: string; type: string }>({
      name: 'read-attachment',
      text: 'select hash, name, type from attachments where id = $1',
      values: [uuidOf(id)],
    })
    const file = rows[0]
    if (!file) throw new DeskError('not_found', 'There is no such file.')
    const content = await desk.blobs.get(file.hash).catch(() => {
      throw new DeskError('not_found', 'The file is not in the store any more.')
    })
    const isShown = showable.has(file.type.toLowerCase())
    return reply
      .header('content-type', isShown ? file.type : 'application/octet-stream')
      .header(
        'content-disposition',
        `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
      )
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=1800')
      .send(content)
  })
}
