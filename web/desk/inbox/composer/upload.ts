import { type Attachment, uploadAttachment } from '#contract/inbox.ts'
import { pathOf } from '#contract/endpoint.ts'
import { ErrorBody } from '#contract/errors.ts'
import { ApiError } from '../../api-error.ts'

/** The largest file the desk takes, in bytes. */
export const largestFile = 18_000_000

type Options = { onProgress: (share: number) => void; signal: AbortSignal }

/** Uploads one file for a ticket, telling the share sent (0 to 1). XMLHttpRequest, because fetch tells no progress. */
export async function upload(ticketId: string, file: File, { onProgress, signal }: Options): Promise<Attachment> {
  const base64 = await base64Of(file)
  const body = JSON.stringify({ name: file.name || 'file', type: file.type || 'application/octet-stream', base64 })
  const { status, answer } = await post(pathOf(uploadAttachment, { id: ticketId }), body, onProgress, signal)
  if (status === 201 || status === 200) {
    const parsed = uploadAttachment.result.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new ApiError('contract', status, parsed.error.message)
  }
  const known = ErrorBody.safeParse(answer)
  if (known.success) throw new ApiError(known.data.error.code, status, known.data.error.message)
  throw new ApiError(status === 0 ? 'offline' : status === 413 ? 'too_large' : 'internal', status, '')
}

function post(path: string, body: string, onProgress: Options['onProgress'], signal: AbortSignal) {
  return new Promise<{ status: number; answer: unknown }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', 'application/json')
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => resolve({ status: request.status, answer: parsed(request.responseText) }))
    request.addEventListener('error', () => resolve({ status: 0, answer: null }))
    request.addEventListener('abort', () => reject(new DOMException('The upload was stopped.', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).split(',', 2)[1] ?? ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')))
    reader.readAsDataURL(file)
  })
}
