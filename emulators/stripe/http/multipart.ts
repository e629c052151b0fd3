import { ApiError } from './errors.ts'
import type { RawObject } from './form.ts'

/** Reads `multipart/form-data` as file uploads send it; a file becomes `{ data, name, type }` with its bytes in base64. */
export function parseMultipart(body: Buffer, contentType: string): RawObject {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  if (boundary === undefined) throw malformed()
  const fields: RawObject = Object.create(null) as RawObject
  // Latin-1 keeps every byte as one character.
  const parts = body.toString('latin1').split(`--${boundary}`)
  if (parts.length < 3 || parts.at(-1)?.startsWith('--') !== true) throw malformed()
  for (const part of parts.slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const content = rest.join('\r\n\r\n').replace(/\r\n$/, '')
    const name = /name="([^"]*)"/.exec(head)?.[1]
    if (name === undefined || rest.length === 0) throw malformed()
    const filename = /filename="([^"]*)"/.exec(head)?.[1]
    const bytes = Buffer.from(content, 'latin1')
    const type = /content-type: *([^\r\n;]+)/i.exec(head)?.[1] ?? 'application/octet-stream'
    fields[name] =
      filename === undefined ? bytes.toString('utf8') : { data: bytes.toString('base64'), name: filename, type }
  }
  return fields
}

const malformed = () => new ApiError(400, { message: 'Invalid request: the body is not a multipart form.' })
