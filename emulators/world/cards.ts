/** Stripe's test payment methods that make something worth answering. */
export const cards = [
  ['pm_card_visa', 'Visa 4242: pays'],
  ['pm_card_mastercard', 'Mastercard 4444: pays'],
  ['pm_card_chargeCustomerFail', 'Visa 0341: is saved, then every charge is declined'],
  ['pm_card_createDispute', 'Visa 0259: pays, then the cardholder disputes it as fraud'],
  ['pm_card_createDisputeProductNotReceived', 'Visa 2685: pays, then disputed as not received'],
  ['pm_card_pendingRefund', 'Visa 7726: pays; refunds stay pending at first'],
  ['pm_card_refundFail', 'Visa 5126: pays; refunds fail later'],
] as const
