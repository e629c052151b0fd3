import { Button } from '@mantine/core'
import { IconEdit } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useRefusal } from '../access.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { Avatar } from '../ui/avatar.tsx'
import { DisabledReason } from '../ui/disabled-reason.tsx'
import { BackToList } from '../ui/folded-panes.tsx'
import { PaneHeading } from '../ui/pane-heading.tsx'
import { Pane } from '../ui/pane.tsx'
import css from './customers.module.css'

type Props = { id: string; name: string; sub: ReactNode; back: string; onEdit: () => void; children: ReactNode }

/** Who it is, on top of everything known about them. */
export function DetailPane({ id, name, sub, back, onEdit, children }: Props) {
  const refusal = useRefusal('contacts.write')
  return (
    <Pane
      label={name}
      header={
        <>
          <BackToList href={back} />
          <PaneHeading>{name}</PaneHeading>
          <DisabledReason reason={refusal}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconEdit size={16} stroke={1.5} />}
              onClick={onEdit}
              aria-label={t('customers.contact.edit', { name })}
            >
              {t('customers.edit')}
            </Button>
          </DisabledReason>
        </>
      }
    >
      <PageTitle of={name} />
      <div className={css.detail}>
        <div className={css.who}>
          <Avatar name={name} seed={id} size={40} />
          <div>
            <div className={css.name}>{name}</div>
            <div className="muted">{sub}</div>
          </div>
        </div>
        {children}
      </div>
    </Pane>
  )
}
