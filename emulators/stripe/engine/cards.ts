/** Why a card says no: Stripe's error code, the decline code beside it, and its sentence. */
export type Decline = { code: string; decline_code: string | null; message: string }
/** What a test card does beyond paying. */
export type Behaviour = {
  attach?: Decline
  charge?: Decline
  /** The bank reports it as fraud once it is paid. */
  warning?: boolean
  dispute?: { reason: string; status: 'needs_response' | 'warning_needs_response' }
  /** The cardholder is asked always, or unless the card was set up before and the customer is away. */
  authenticate?: 'always' | 'unless_setup'
  setUp?: boolean
  refund?: 'asks' | 'fails' | 'pends'
}
export type TestCard = {
  brand: string
  last4: string
  country: string
  funding: string
  number: string
  behaviour: Behaviour
}

const card = (
  number: string,
  brand: string,
  behaviour: Behaviour = {},
  country = 'US',
  funding = 'credit',
): TestCard => ({
  brand,
  last4: number.slice(-4),
  country,
  funding,
  number,
  behaviour,
})

const generic = 'Your card was declined.'
/** The declines that can be asked for by name, by test card or by a planted fault. */
export const DECLINES: Record<string, Decline> = {
  generic_decline: { code: 'card_declined', decline_code: 'generic_decline', message: generic },
  insufficient_funds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  lost_card: { code: 'card_declined', decline_code: 'lost_card', message: generic },
  stolen_card: { code: 'card_declined', decline_code: 'stolen_card', message: generic },
  fraudulent: { code: 'card_declined', decline_code: 'fraudulent', message: generic },
  card_velocity_exceeded: { code: 'card_declined', decline_code: 'card_velocity_exceeded', message: generic },
  expired_card: { code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    decline_code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  },
  authentication_required: {
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
  processing_error: {
    code: 'processing_error',
    decline_code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
}

const declining = (number: string, name: string) =>
  card(number, 'visa', { attach: DECLINES[name] as Decline, charge: DECLINES[name] as Decline })

/** Test cards by the rest of their token: `pm_card_visa` and `tok_visa` are both `visa`. */
const CARDS: Record<string, TestCard> = {
  visa: card('4242424242424242', 'visa'),
  visa_debit: card('4000056655665556', 'visa', {}, 'US', 'debit'),
  mastercard: card('5555555555554444', 'mastercard'),
  mastercard_debit: card('5200828282828210', 'mastercard', {}, 'US', 'debit'),
  mastercard_prepaid: card('5105105105105100', 'mastercard', {}, 'US', 'prepaid'),
  amex: card('378282246310005', 'amex'),
  discover: card('6011111111111117', 'discover'),
  diners: card('3056930009020004', 'diners'),
  jcb: card('3566002020360505', 'jcb'),
  unionpay: card('6200000000000005', 'unionpay'),
  us: card('4242424242424242', 'visa'),
  de: card('4000002760000016', 'visa', {}, 'DE'),
  fr: card('4000002500000003', 'visa', {}, 'FR'),
  gb: card('4000008260000000', 'visa', {}, 'GB'),
  jp: card('4000003920000003', 'visa', {}, 'JP'),
  chargeDeclined: declining('4000000000000002', 'generic_decline'),
  chargeDeclinedInsufficientFunds: declining('4000000000009995', 'insufficient_funds'),
  chargeDeclinedLostCard: declining('4000000000009987', 'lost_card'),
  chargeDeclinedStolenCard: declining('4000000000009979', 'stolen_card'),
  chargeDeclinedFraudulent: declining('4100000000000019', 'fraudulent'),
  chargeDeclinedVelocityLimitExceeded: declining('4000000000006975', 'card_velocity_exceeded'),
  chargeDeclinedExpiredCard: declining('4000000000000069', 'expired_card'),
  chargeDeclinedIncorrectCvc: declining('4000000000000127', 'incorrect_cvc'),
  chargeDeclinedProcessingError: declining('4000000000000119', 'processing_error'),
  // Not Stripe's: attaches, and is then declined as lost.
  chargeCustomerFailLostCard: card('4000000000000350', 'visa', { charge: DECLINES.lost_card as Decline }),
  chargeCustomerFail: card('4000000000000341', 'visa', { charge: DECLINES.generic_decline as Decline }),
  authenticationRequired: card('4000002760003184', 'visa', { authenticate: 'always' }),
  authenticationRequiredOnSetup: card('4000002500003155', 'visa', { authenticate: 'unless_setup' }),
  authenticationRequiredChargeDeclinedInsufficientFunds: card('4000008260003178', 'visa', {
    authenticate: 'always',
    charge: DECLINES.insufficient_funds as Decline,
  }),
  threeDSecure2Required: card('4000000000003220', 'visa', { authenticate: 'always' }),
  threeDSecureRequired: card('4000000000003063', 'visa', { authenticate: 'always' }),
  threeDSecureRequiredChargeDeclined: card('4000008400001629', 'visa', {
    authenticate: 'always',
    charge: DECLINES.generic_decline as Decline,
  }),
  createDispute: card('4000000000000259', 'visa', { dispute: { reason: 'fraudulent', status: 'needs_response' } }),
  createDisputeProductNotReceived: card('4000000000002685', 'visa', {
    dispute: { reason: 'product_not_received', status: 'needs_response' },
  }),
  createDisputeInquiry: card('4000000000001976', 'visa', {
    dispute: { reason: 'fraudulent', status: 'warning_needs_response' },
  }),
  createEarlyFraudWarning: card('4000000000005423', 'visa', { warning: true }),
  pendingRefund: card('4000000000007726', 'visa', { refund: 'pends' }),
  // Not Stripe's: cards never ask, but the bank transfers that do are not played here.
  refundRequiresAction: card('4000000000003527', 'visa', { refund: 'asks' }),
  refundFail: card('4000000000005126', 'visa', { refund: 'fails' }),
}

/** The test card behind `pm_card_…` or `tok_…`; the newer `pm_card_visa_charge…` names mean the same. */
export function testCard(tokenName: string): TestCard | undefined {
  const name = /^(?:pm_card_|tok_)(.+)$/.exec(tokenName)?.[1]
  if (name === undefined) return undefined
  return CARDS[name] ?? CARDS[name.replace(/^visa_/, '')]
}

export const cardByNumber = (number: string): TestCard | undefined =>
  Object.values(CARDS).find((entry) => entry.number === number.replaceAll(' ', ''))
