/** The `error` object of Stripe's answers; every field but type is left out when it has nothing to say. */
type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  advice_code?: string
  charge?: string
  payment_intent?: unknown
  setup_intent?: unknown
  payment_method?: unknown
  doc_url?: string
}

/**
 * An answer that is an error. `keepsEffects` marks errors after which what the request did still counts:
 * a declined payment leaves its failed charge and its payment intent behind.
 */
export class ApiError extends Error {
  status: number
  body: ErrorBody
  keepsEffects: boolean
  constructor(status: number, body: Partial<ErrorBody> & { message: string }, keepsEffects = false) {
    super(body.message)
    this.status = status
    this.body = { type: 'invalid_request_error', ...body }
    if (body.code !== undefined)
      this.body.doc_url = `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}`
    this.keepsEffects = keepsEffects
  }
}

/** A request that could not be carried out as asked: 400 with an optional code and the parameter to blame. */
export function invalid(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  })
}

const NOUNS: Record<string, string> = {
  customer: 'customer',
  product: 'product',
  price: 'price',
  payment_method: 'PaymentMethod',
  payment_intent: 'payment_intent',
  charge: 'charge',
  refund: 'refund',
  subscription: 'subscription',
  subscription_item: 'subscription_item',
  invoice: 'invoice',
  invoiceitem: 'invoiceitem',
  invoice_payment: 'invoice_payment',
  credit_note: 'credit_note',
  dispute: 'dispute',
  event: 'event',
  promotion_code: 'promotion code',
  test_clock: 'test clock',
  webhook_endpoint: 'webhook endpoint',
  balance_transaction: 'balance transaction',
  'radar.early_fraud_warning': 'early fraud warning',
  file: 'file upload',
  setup_intent: 'setupintent',
  tax_rate: 'tax rate',
  tax_id: 'tax id',
}

export function missing(kind: string, id: string, param: string): ApiError {
  const message = `No such ${NOUNS[kind] ?? kind}: '${id}'`
  return new ApiError(param === 'id' ? 404 : 400, { message, code: 'resource_missing', param })
}

export function unknownPath(method: string, path: string): ApiError {
  return new ApiError(404, {
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs.`,
  })
}
