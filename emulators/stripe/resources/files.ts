import type { Stripe } from 'stripe'
import { create } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

/** The largest upload, in bytes, and the types it may have where Stripe says so. */
const LIMIT = 5_000_000
const EVIDENCE: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }
const purpose = p.oneOf(
  'account_requirement',
  'additional_verification',
  'business_icon',
  'business_logo',
  'customer_signature',
  'dispute_evidence',
  'identity_document',
  'pci_document',
  'tax_document_user_upload',
)
const upload = p.object({ data: p.string(10_000_000), name: p.needed(p.string()), type: p.needed(p.string()) })

export const files = [
  endpoint('POST', '/v1/files', { file: p.needed(upload), purpose: p.needed(purpose) }, (ctx, params) => {
    const { data = '', name, type } = params.file
    const size = Buffer.from(data, 'base64').length
    if (size > LIMIT) throw invalid(`The file exceeds the limit of ${LIMIT} bytes.`, 'file', 'file_too_large')
    const kind = EVIDENCE[type]
    if (params.purpose === 'dispute_evidence' && kind === undefined)
      throw invalid('Evidence files must be PDF, JPEG or PNG.', 'file', 'invalid_file_type')
    const id = newId('file')
    const file: Stripe.File = {
      id,
      object: 'file',
      created: ctx.now,
      expires_at: null,
      filename: name,
      purpose: params.purpose,
      size,
      title: null,
      type: kind ?? name.split('.').at(-1) ?? null,
      url: `https://files.stripe.com/v1/files/${id}/contents`,
    }
    ctx.store.put('stripe.file_content', id, { id, data })
    return create(ctx, 'file', file)
  }),
  endpoint('GET', '/v1/files', { ...paging, created: p.range, purpose }, (ctx, params) => {
    const fitting = all(ctx, 'file').filter(
      (file) =>
        (params.purpose === undefined || file.purpose === params.purpose) && within(file.created, params.created),
    )
    return page(fitting, params, '/v1/files')
  }),
  endpoint('GET', '/v1/files/:id', {}, (ctx, _, { id }) => must(ctx, 'file', id)),
]
