import { auditMessages } from '../en/audit.ts'
import { importMessages } from '../en/import.ts'
import { settingsDeskMessages } from '../en/settings-desk.ts'
import { settingsPeopleMessages } from '../en/settings-people.ts'
import { settingsProductMessages } from '../en/settings-product.ts'
import { settingsStripeMessages } from '../en/settings-stripe.ts'
import { settingsMessages } from '../en/settings.ts'
import { addMessages } from '../translate.ts'

addMessages(
  auditMessages,
  importMessages,
  settingsDeskMessages,
  settingsPeopleMessages,
  settingsMessages,
  settingsProductMessages,
  settingsStripeMessages,
)
