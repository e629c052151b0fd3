import { IconChevronDown, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Id } from '#contract/ids.ts'
import { listMailboxes } from '#contract/mailboxes.ts'
import { readPages } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { AddressField } from './address-field.tsx'
import css from './audience.module.css'
import type { Addresses } from './draft-content.ts'

const mailboxesQuery = readPages(listMailboxes, { query: { limit: 100 } }, ['mailbox'])

type Props = {
  kind: 'reply' | 'note'
  /** Undefined while the desk has not said who it proposes. */
  to: Addresses | undefined
  cc: Addresses
  from: string | null | undefined
  /** The mailbox chosen to answer from; null for the ticket's. */
  mailboxId: Id<'box'> | null
  onMailbox: (id: Id<'box'> | null) => void
  onChange: (addresses: { to: Addresses; cc: Addresses }) => void
}

/** Who will see what is being written and where it goes; opened, the people can be changed. */
export function Audience({ kind, to, cc, from, mailboxId, onMailbox, onChange }: Props) {
  const [open, setOpen] = useState(false)
  const isReply = kind === 'reply'
  const { data: mailboxes = [] } = useInfiniteQuery({ ...mailboxesQuery, enabled: isReply && open })
  if (kind === 'note')
    return (
      <p className={css.internal}>
        <IconLock size={14} stroke={1.75} aria-hidden />
        {t('composer.internal')}
      </p>
    )
  if (!to) return <p className={css.line} aria-hidden />
  if (!open && to.length > 0)
    return (
      <button type="button" className={css.line} aria-expanded={false} onClick={() => setOpen(true)}>
        <span className={css.people}>
          {t('composer.goesTo', { who: to.map(({ email }) => email).join(', ') })}
          {cc.length > 0 && ` · ${t('composer.copy', { who: cc.map(({ email }) => email).join(', ') })}`}
        </span>
        {from && <span className={css.from}>{t('composer.from', { address: from })}</span>}
        <IconChevronDown size={14} stroke={1.75} aria-hidden />
      </button>
    )
  return (
    <div className={css.fields}>
      <AddressField label={t('composer.to')} addresses={to} onChange={(next) => onChange({ to: next, cc })} />
      <AddressField label={t('composer.cc')} addresses={cc} onChange={(next) => onChange({ to, cc: next })} />
      {mailboxes.length > 1 && (
        <label className={css.field}>
          <span className={css.label}>{t('composer.fromLabel')}</span>
          <select
            className={css.input}
            value={mailboxId ?? ''}
            onChange={(event) => onMailbox(mailboxes.find(({ id }) => id === event.currentTarget.value)?.id ?? null)}
          >
            <option value="">{from ?? ''}</option>
            {mailboxes
              .filter(({ enabled, address }) => enabled && address !== from)
              .map(({ id, address }) => (
                <option key={id} value={id}>
                  {address}
                </option>
              ))}
          </select>
        </label>
      )}
    </div>
  )
}
