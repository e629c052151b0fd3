import * as z from 'zod'

/** Ids of Stripe's own objects, checked for shape only. */
export const StripeId = z.string().regex(/^[a-z]{2,6}_[A-Za-z0-9_]{1,120}$/)
