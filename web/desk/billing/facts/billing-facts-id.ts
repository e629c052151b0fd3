/** Where `b` puts the focus. */
export const billingFactsId = 'billing-facts'
