import type { Endpoint } from './http/endpoint.ts'
import { account } from './resources/account.ts'
import { balanceTransactions } from './resources/balance-transactions.ts'
import { billingPortal } from './resources/billing-portal.ts'
import { charges } from './resources/charges.ts'
import { coupons } from './resources/coupons.ts'
import { creditNotes } from './resources/credit-notes.ts'
import { customerBalanceTransactions } from './resources/customer-balance-transactions.ts'
import { customers } from './resources/customers.ts'
import { discounts } from './resources/discounts.ts'
import { disputes } from './resources/disputes.ts'
import { earlyFraudWarnings } from './resources/early-fraud-warnings.ts'
import { events } from './resources/events.ts'
import { files } from './resources/files.ts'
import { invoiceActions } from './resources/invoice-actions.ts'
import { invoiceLines } from './resources/invoice-lines.ts'
import { invoicePayments } from './resources/invoice-payments.ts'
import { invoicePreviews } from './resources/invoice-previews.ts'
import { invoiceitems } from './resources/invoiceitems.ts'
import { invoices } from './resources/invoices.ts'
import { meters } from './resources/meters.ts'
import { paymentIntents } from './resources/payment-intents.ts'
import { paymentMethods } from './resources/payment-methods.ts'
import { prices } from './resources/prices.ts'
import { products } from './resources/products.ts'
import { promotionCodes } from './resources/promotion-codes.ts'
import { refunds } from './resources/refunds.ts'
import { searches } from './resources/searches.ts'
import { setupIntents } from './resources/setup-intents.ts'
import { subscriptionItems } from './resources/subscription-items.ts'
import { subscriptionSchedules } from './resources/subscription-schedules.ts'
import { subscriptions } from './resources/subscriptions.ts'
import { taxIds } from './resources/tax-ids.ts'
import { taxRates } from './resources/tax-rates.ts'
import { testClocks } from './resources/test-clocks.ts'
import { webhookEndpoints } from './resources/webhook-endpoints.ts'

/** Every resource the emulator serves, by the name of its file. */
export const resources: Record<string, Endpoint[]> = {
  account,
  'balance-transactions': balanceTransactions,
  'billing-portal': billingPortal,
  charges,
  coupons,
  'credit-notes': creditNotes,
  'customer-balance-transactions': customerBalanceTransactions,
  customers,
  discounts,
  disputes,
  'early-fraud-warnings': earlyFraudWarnings,
  events,
  files,
  'invoice-actions': invoiceActions,
  'invoice-lines': invoiceLines,
  'invoice-payments': invoicePayments,
  'invoice-previews': invoicePreviews,
  invoiceitems,
  invoices,
  meters,
  'payment-intents': paymentIntents,
  'payment-methods': paymentMethods,
  prices,
  products,
  'promotion-codes': promotionCodes,
  refunds,
  searches,
  'setup-intents': setupIntents,
  'subscription-items': subscriptionItems,
  'subscription-schedules': subscriptionSchedules,
  subscriptions,
  'tax-ids': taxIds,
  'tax-rates': taxRates,
  'test-clocks': testClocks,
  'webhook-endpoints': webhookEndpoints,
}
