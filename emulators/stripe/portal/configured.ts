import type { Stripe } from 'stripe'
import { mergeMetadata } from '../engine/changes.ts'
import { type Context, idOf, must } from '../engine/context.ts'
import { invalid } from '../http/errors.ts'
import type { ConfigurationGiven } from '../params/portal-params.ts'

type Configuration = Stripe.BillingPortal.Configuration
type Update = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate
type Given = NonNullable<ConfigurationGiven['features']>

/** A configuration after a request: each feature keeps what it does not say. */
export function configured(ctx: Context, before: Configuration, given: ConfigurationGiven): Configuration {
  const { business_profile, features = {}, metadata, ...plain } = given
  const { customer_update: own, subscription_cancel: cancel } = features
  const was = before.features
  const allowed_updates =
    own?.allowed_updates === undefined ? was.customer_update.allowed_updates : (own.allowed_updates ?? [])
  if (own?.enabled === true && allowed_updates.length === 0)
    throw invalid('You must say which updates are allowed.', 'features[customer_update][allowed_updates]')
  const reason = was.subscription_cancel.cancellation_reason
  const asked = cancel?.cancellation_reason
  return {
    ...before,
    ...plain,
    business_profile: { ...before.business_profile, ...business_profile },
    features: {
      customer_update: { allowed_updates, enabled: own?.enabled ?? was.customer_update.enabled },
      invoice_history: { ...was.invoice_history, ...features.invoice_history },
      payment_method_update: { ...was.payment_method_update, ...features.payment_method_update },
      subscription_cancel: {
        ...was.subscription_cancel,
        ...cancel,
        cancellation_reason: { ...reason, ...asked, options: asked?.options ?? reason.options },
      },
      subscription_pause: { ...was.subscription_pause, ...features.subscription_pause },
      subscription_update: updating(ctx, was.subscription_update, features.subscription_update),
    },
    metadata: mergeMetadata(before.metadata, metadata),
  }
}

/** What customers may change their plan to; where it is on, there must be something to change. */
function updating(ctx: Context, before: Update, given: Given['subscription_update']): Update {
  if (given === undefined) return before
  const { default_allowed_updates: allowed, products, schedule_at_period_end: late, ...plain } = given
  const at = 'features[subscription_update]'
  const updates = allowed === undefined ? before.default_allowed_updates : (allowed ?? [])
  const offered = products === undefined ? before.products : productsOf(ctx, products ?? [], updates)
  if (plain.enabled && updates.length === 0)
    throw invalid('You must say which updates are allowed.', `${at}[default_allowed_updates]`)
  if (plain.enabled && !offered?.length) throw invalid('You must list the products to offer.', `${at}[products]`)
  const conditions = late?.conditions
  return {
    ...before,
    ...plain,
    default_allowed_updates: updates,
    products: offered ?? null,
    ...(conditions === undefined ? {} : { schedule_at_period_end: { conditions: conditions ?? [] } }),
  }
}

function productsOf(
  ctx: Context,
  given: { product: string; prices: string[] }[],
  updates: Update['default_allowed_updates'],
): Update['products'] {
  return given.map(({ product, prices }, index) => {
    const at = `features[subscription_update][products][${index}]`
    must(ctx, 'product', product, `${at}[product]`)
    for (const id of prices) {
      const price = must(ctx, 'price', id, `${at}[prices]`)
      if (idOf(price.product) !== product || !price.recurring)
        throw invalid(`The price ${id} is not a recurring price of the product ${product}.`, `${at}[prices]`)
    }
    const adjustable_quantity = { enabled: updates.includes('quantity'), maximum: null, minimum: 1 }
    return { adjustable_quantity, prices, product }
  })
}
