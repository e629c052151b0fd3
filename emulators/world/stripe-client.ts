import { Stripe } from 'stripe'

/** The official client sent to the emulator: its calls to api.stripe.com go to `base` (…/stripe) instead. */
export function stripeClient(base: () => string): Stripe {
  const httpClient = Stripe.createFetchHttpClient(async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    return fetch(`${base()}${pathname}${search}`, init)
  })
  return new Stripe('sk_test_outsideworld', { httpClient, maxNetworkRetries: 0, timeout: 10_000, telemetry: false })
}
