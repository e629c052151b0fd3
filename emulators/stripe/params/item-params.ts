import * as p from '../http/params.ts'
import { discountParams } from './discount-params.ts'

/** What an invoice item and a line added to a draft have in common. */
export const itemParams = {
  amount: p.integer(),
  description: p.string(),
  discountable: p.boolean,
  discounts: discountParams,
  metadata: p.metadata,
  period: p.object({ start: p.needed(p.integer(0)), end: p.needed(p.integer(0)) }),
  price_data: p.object({
    currency: p.needed(p.currency),
    product: p.needed(p.string()),
    tax_behavior: p.oneOf('exclusive', 'inclusive', 'unspecified'),
    unit_amount: p.integer(),
    unit_amount_decimal: p.decimal,
  }),
  pricing: p.object({ price: p.needed(p.string()) }),
  quantity: p.integer(0),
  tax_rates: p.clearable(p.list(p.string())),
}
