import { coreMessages } from './core.ts'
import { addressMessages } from './en/addresses.ts'
import { auditMessages } from './en/audit.ts'
import { billingOrderMessages } from './en/billing-orders.ts'
import { billingRoomMessages } from './en/billing-rooms.ts'
import { billingMessages } from './en/billing.ts'
import { correctMessages } from './en/correct.ts'
import { custodyMessages } from './en/custody.ts'
import { customersMessages } from './en/customers.ts'
import { importMessages } from './en/import.ts'
import { insightsMessages } from './en/insights.ts'
import { mailboxFeedMessages } from './en/mailbox-feed.ts'
import { mailboxHealthMessages } from './en/mailbox-health.ts'
import { productMessages } from './en/product.ts'
import { sendingMessages } from './en/sending.ts'
import { settingsDeskMessages } from './en/settings-desk.ts'
import { settingsPeopleMessages } from './en/settings-people.ts'
import { settingsProductMessages } from './en/settings-product.ts'
import { settingsStripeMessages } from './en/settings-stripe.ts'
import { settingsMessages } from './en/settings.ts'
import { signInMessages } from './en/sign-in.ts'

/** Every text of the desk: what its keys are, for types and tests. The app itself loads a room's texts with the room. */
export const en = {
  ...coreMessages,
  ...signInMessages,
  ...addressMessages,
  ...billingMessages,
  ...billingOrderMessages,
  ...billingRoomMessages,
  ...correctMessages,
  ...custodyMessages,
  ...customersMessages,
  ...mailboxFeedMessages,
  ...mailboxHealthMessages,
  ...productMessages,
  ...sendingMessages,
  ...settingsMessages,
  ...settingsDeskMessages,
  ...settingsPeopleMessages,
  ...settingsProductMessages,
  ...settingsStripeMessages,
  ...auditMessages,
  ...importMessages,
  ...insightsMessages,
} as const
