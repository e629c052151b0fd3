import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Contact } from '#contract/customers.ts'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Card } from '../ui/card.tsx'
import { FactsList } from '../ui/facts-list.tsx'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ContactForm } from './contact-form.tsx'
import { DetailPane } from './detail-pane.tsx'
import { Identities } from './identities.tsx'
import { contactQuery } from './queries.ts'
import { TicketsCard } from './tickets-card.tsx'

const AddressLine = lazy(() =>
  import('../addresses/address-line.tsx').then(({ AddressLine }) => ({ default: AddressLine })),
)

export function ContactPane({ id, back }: { id: string; back: string }) {
  const contact = useQuery(contactQuery(id))
  return <Loaded query={contact}>{(found) => <Person contact={found} back={back} />}</Loaded>
}

function Person({ contact, back }: { contact: Contact; back: string }) {
  const { account, segment, locale, timeZone } = contact
  const [editing, setEditing] = useState(false)
  const close = (): void => setEditing(false)
  return (
    <DetailPane
      id={contact.id}
      name={contact.name}
      sub={contact.email ?? t('contact.noEmail')}
      back={back}
      onEdit={() => setEditing(true)}
    >
      <Card title={t('contact.title')}>
        <FactsList
          facts={[
            { label: t('contact.segment'), value: t(`segment.${segment}`) },
            {
              label: t('contact.account'),
              value: account ? (
                <>
                  <Link className="link" href={paths.account(account.id)}>
                    {account.name}
                  </Link>{' '}
                  <span className="muted">· {t(`contact.role.${account.role}`)}</span>
                </>
              ) : (
                <span className="muted">{t('contact.noAccount')}</span>
              ),
            },
            timeZone !== null && { label: t('customers.contact.timeZone'), value: timeZone.replaceAll('_', ' ') },
            locale !== null && { label: t('contact.language'), value: locale },
            { label: t('contact.since'), value: <RelativeTime at={contact.createdAt} theirZone={timeZone} /> },
          ]}
        />
        {contact.email && (
          <Suspense>
            <AddressLine email={contact.email} topics={[`contact:${contact.id}`]} />
          </Suspense>
        )}
      </Card>
      <Identities identities={contact.identities} />
      <TicketsCard of={{ requesterId: contact.id }} />
      <Modal
        opened={editing}
        onClose={close}
        title={t('customers.contact.edit', { name: contact.name })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {editing && <ContactForm contact={contact} onDone={close} />}
      </Modal>
    </DetailPane>
  )
}
