import { Combobox, useCombobox } from '@mantine/core'
import { IconCheck, IconUserCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { t } from '../../messages/translate.ts'
import { useMe } from '../../session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { agentsQuery } from '../queries.ts'
import css from './person-picker.module.css'

type Props = { currentId: string | null; onChoose: (id: string | null) => void }

/** Yourself first, then everyone who works here, found by name; the queue at the end. */
export function PersonList({ currentId, onChoose }: Props) {
  const me = useMe().agent
  const agents = useQuery(agentsQuery)
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ opened: true })
  const people = (agents.data?.items ?? []).filter(({ state }) => state === 'active')
  const ordered = people.toSorted((a, b) => Number(b.id === me?.id) - Number(a.id === me?.id))
  const found = ordered.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(typed.toLowerCase()))
  useEffect(() => {
    combobox.selectFirstOption()
    // Whenever another list is shown, its first entry is what Enter takes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed, people.length])
  return (
    <Combobox store={combobox} onOptionSubmit={(id) => onChoose(id || null)}>
      <Combobox.EventsTarget>
        <input
          className={css.find}
          autoFocus
          placeholder={t('ticket.findPerson')}
          aria-label={t('ticket.findPerson')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={css.options} aria-label={t('ticket.assign')}>
        {found.map(({ id, name }) => (
          <Combobox.Option key={id} value={id} active={id === currentId} className={css.option}>
            <Avatar size={20} name={name} seed={id} />
            <span className={css.name}>{id === me?.id ? t('ticket.me', { name }) : name}</span>
            {id === currentId && <IconCheck size={16} stroke={1.75} aria-hidden />}
          </Combobox.Option>
        ))}
        {typed === '' && (
          <Combobox.Option value="" active={currentId === null} className={css.option}>
            <IconUserCircle size={20} stroke={1.5} aria-hidden />
            <span className={css.name}>{t('ticket.nobody')}</span>
            {currentId === null && <IconCheck size={16} stroke={1.75} aria-hidden />}
          </Combobox.Option>
        )}
        {found.length === 0 && typed !== '' && <Combobox.Empty>{t('ticket.noPerson')}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  )
}
