import { Modal, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconBuilding, IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useRefusal } from '../access.ts'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths } from '../paths.ts'
import { DisabledReason } from '../ui/disabled-reason.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Pane } from '../ui/pane.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountRows } from './account-rows.tsx'
import { ContactRows } from './contact-rows.tsx'
import css from './customers.module.css'

type Props = { kind: 'contacts' | 'accounts'; q: string; activeId: string | undefined }

/** People or companies, newest first, or those a text is found in. */
export function CustomersList({ kind, q, activeId }: Props) {
  const go = useGo()
  const refusal = useRefusal('contacts.write')
  const [typed, setTyped] = useState(q)
  const [adding, setAdding] = useState(false)
  const find = useDebouncedCallback((text: string) => go(paths[kind](text.trim()), { replace: true }), 250)
  const empty = q ? (
    <EmptyState
      icon={IconSearch}
      title={t('customers.none.found', { text: q })}
      hint={t('customers.none.found.hint')}
    />
  ) : (
    <EmptyState
      icon={kind === 'accounts' ? IconBuilding : IconUsers}
      title={t(`customers.none.${kind}.title`)}
      hint={t(`customers.none.${kind}.hint`)}
    />
  )
  const rows = { q, activeId, empty }
  return (
    <Pane
      label={t(`customers.${kind}`)}
      scroll={false}
      header={
        <>
          <h1 className="sr-only">{t('room.customers')}</h1>
          <SegmentedControl
            size="xs"
            className={css.kinds}
            aria-label={t('customers.kinds')}
            value={kind}
            onChange={(value) => go(value === 'accounts' ? paths.accounts() : paths.contacts())}
            data={(['contacts', 'accounts'] as const).map((value) => ({ value, label: t(`customers.${value}`) }))}
          />
          {kind === 'accounts' && (
            <DisabledReason reason={refusal}>
              <IconButton icon={IconPlus} label={t('customers.account.add')} onClick={() => setAdding(true)} />
            </DisabledReason>
          )}
        </>
      }
    >
      <div className={css.find}>
        <TextInput
          type="search"
          aria-label={t(`customers.find.${kind}`)}
          placeholder={t(`customers.find.${kind}`)}
          leftSection={<IconSearch size={16} stroke={1.5} />}
          maxLength={100}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            find(event.currentTarget.value)
          }}
        />
      </div>
      {kind === 'accounts' ? <AccountRows {...rows} /> : <ContactRows {...rows} />}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('customers.account.add')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {adding && (
          <AccountForm
            account={null}
            onDone={(saved) => {
              setAdding(false)
              if (saved) go(paths.account(saved.id))
            }}
          />
        )}
      </Modal>
    </Pane>
  )
}
