import { t } from '../../messages/translate.ts'
import { AddressBar } from '../../addresses/address-bar.tsx'
import { AddressField } from '../composer/address-field.tsx'
import type { SendingToOthers } from './use-send-to-others.ts'

/** Who gets it, and what is known against these addresses. */
export function OthersFields({ ticketId, to, setTo, anyway, setAnyway }: SendingToOthers) {
  return (
    <>
      <AddressField label={t('composer.to')} addresses={to} onChange={setTo} />
      <AddressBar
        emails={to.map(({ email }) => email)}
        topics={[`ticket:${ticketId}`]}
        anyway={anyway}
        onAnyway={setAnyway}
      />
    </>
  )
}
