import {
  type Icon,
  IconBuilding,
  IconClockHour9,
  IconFileImport,
  IconHistory,
  IconKey,
  IconMail,
  IconMailOff,
  IconPlugConnected,
  IconReceiptRefund,
  IconRefresh,
  IconTrash,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { PlainKey } from '../messages/translate.ts'
import type { SettingsSection } from '../paths.ts'
import { AccountSection } from './account-section.tsx'
import { AuditSection } from './audit/audit-section.tsx'
import { DeskSection } from './desk-section.tsx'
import { HoursSection } from './hours/hours-section.tsx'
import { KeysSection } from './keys/keys-section.tsx'
import { MailboxesSection } from './mailboxes/mailboxes-section.tsx'
import { PeopleSection } from './people/people-section.tsx'
import { TeamsSection } from './teams/teams-section.tsx'

const AddressesSection = lazy(() =>
  import('./addresses/addresses-section.tsx').then(({ AddressesSection }) => ({ default: AddressesSection })),
)
const ImportSection = lazy(() =>
  import('./import/import-section.tsx').then(({ ImportSection: section }) => ({ default: section })),
)
const DeletedSection = lazy(() =>
  import('./deleted-section.tsx').then(({ DeletedSection }) => ({ default: DeletedSection })),
)
const RefundsSection = lazy(() =>
  import('./refunds-section.tsx').then(({ RefundsSection }) => ({ default: RefundsSection })),
)

const StripeSection = lazy(() =>
  import('./stripe/stripe-section.tsx').then(({ StripeSection }) => ({ default: StripeSection })),
)

const ProductSection = lazy(() =>
  import('./product/product-section.tsx').then(({ ProductSection }) => ({ default: ProductSection })),
)

type Section = {
  name: SettingsSection
  group: 'you' | 'desk' | 'access'
  label: PlainKey
  hint: PlainKey
  icon: Icon
  Content: ComponentType
}

/** The sections in the order of the navigation; the first one opens by default. */
export const sections: Section[] = [
  {
    name: 'account',
    group: 'you',
    label: 'settings.section.account',
    hint: 'settings.section.account.hint',
    icon: IconUser,
    Content: AccountSection,
  },
  {
    name: 'desk',
    group: 'desk',
    label: 'settings.section.desk',
    hint: 'settings.section.desk.hint',
    icon: IconBuilding,
    Content: DeskSection,
  },
  {
    name: 'mailboxes',
    group: 'desk',
    label: 'settings.section.mailboxes',
    hint: 'settings.section.mailboxes.hint',
    icon: IconMail,
    Content: MailboxesSection,
  },
  {
    name: 'addresses',
    group: 'desk',
    label: 'settings.section.addresses',
    hint: 'settings.section.addresses.hint',
    icon: IconMailOff,
    Content: AddressesSection,
  },
  {
    name: 'import',
    group: 'desk',
    label: 'settings.section.import',
    hint: 'settings.section.import.hint',
    icon: IconFileImport,
    Content: ImportSection,
  },
  {
    name: 'deleted',
    group: 'desk',
    label: 'settings.section.deleted',
    hint: 'settings.section.deleted.hint',
    icon: IconTrash,
    Content: DeletedSection,
  },
  {
    name: 'hours',
    group: 'desk',
    label: 'settings.section.hours',
    hint: 'settings.section.hours.hint',
    icon: IconClockHour9,
    Content: HoursSection,
  },
  {
    name: 'refunds',
    group: 'desk',
    label: 'settings.section.refunds',
    hint: 'settings.section.refunds.hint',
    icon: IconReceiptRefund,
    Content: RefundsSection,
  },
  {
    name: 'stripe',
    group: 'desk',
    label: 'settings.section.stripe',
    hint: 'settings.section.stripe.hint',
    icon: IconRefresh,
    Content: StripeSection,
  },
  {
    name: 'product',
    group: 'desk',
    label: 'settings.section.product',
    hint: 'settings.section.product.hint',
    icon: IconPlugConnected,
    Content: ProductSection,
  },
  {
    name: 'agents',
    group: 'access',
    label: 'settings.section.agents',
    hint: 'settings.section.agents.hint',
    icon: IconUsers,
    Content: PeopleSection,
  },
  {
    name: 'teams',
    group: 'access',
    label: 'settings.section.teams',
    hint: 'settings.section.teams.hint',
    icon: IconUsersGroup,
    Content: TeamsSection,
  },
  {
    name: 'keys',
    group: 'access',
    label: 'settings.section.keys',
    hint: 'settings.section.keys.hint',
    icon: IconKey,
    Content: KeysSection,
  },
  {
    name: 'audit',
    group: 'access',
    label: 'settings.section.audit',
    hint: 'settings.section.audit.hint',
    icon: IconHistory,
    Content: AuditSection,
  },
]
