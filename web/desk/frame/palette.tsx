import { createSpotlight, Spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconArrowRight, IconBolt, IconSearch, IconTicket } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { search } from '#contract/search.ts'
import { read } from '../api.ts'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session.ts'
import { type Shortcut, useShortcuts } from '../shortcuts.ts'
import { Kbd } from '../ui/kbd.tsx'
import { closeOverlay } from './overlays.ts'
import css from './palette.module.css'

const [store, spotlight] = createSpotlight()

/** Ctrl/⌘ K: rooms, everything a key does on this page, and tickets by what is typed. */
export function Palette() {
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.trim(), 150)
  const shortcuts = useShortcuts().filter(({ hidden }) => !hidden)
  const maySearch = useMay('tickets.read')
  const go = useGo()
  const hits = useQuery({
    ...read(search, { query: { q: query, limit: 6 } }),
    enabled: maySearch && query.length > 1,
    placeholderData: keepPreviousData,
  })
  useEffect(() => spotlight.open(), [])

  const matches = ({ label }: Shortcut): boolean => label.toLowerCase().includes(typed.trim().toLowerCase())
  const rooms = shortcuts.filter((shortcut) => shortcut.group === 'go' && matches(shortcut))
  const actions = shortcuts.filter((shortcut) => shortcut.group !== 'go' && matches(shortcut))
  const tickets = query.length > 1 ? (hits.data?.items ?? []) : []

  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={closeOverlay}
      shortcut={null}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      centered={false}
      yOffset="14dvh"
      classNames={css}
    >
      <Spotlight.Search placeholder={t('palette.placeholder')} leftSection={<IconSearch size={18} stroke={1.5} />} />
      <Spotlight.ActionsList>
        <Group label={t('palette.go')} shortcuts={rooms} />
        <Group label={t('palette.do')} shortcuts={actions} />
        {tickets.length > 0 && (
          <Spotlight.ActionsGroup label={t('pane.list')}>
            {tickets.map(({ ticket }) => (
              <Spotlight.Action
                key={ticket.id}
                label={ticket.subject}
                description={`#${ticket.number} · ${ticket.requester.name}`}
                leftSection={<IconTicket size={18} stroke={1.5} />}
                onClick={() => go(paths.ticket(ticket.id))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {maySearch && typed.trim() && (
          <Spotlight.Action
            label={t('palette.searchFor', { text: typed.trim() })}
            leftSection={<IconSearch size={18} stroke={1.5} />}
            onClick={() => go(paths.search(typed.trim()))}
          />
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Group({ label, shortcuts }: { label: string; shortcuts: Shortcut[] }) {
  if (shortcuts.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {shortcuts.map((shortcut) => (
        <Spotlight.Action
          key={shortcut.keys}
          label={shortcut.label}
          leftSection={
            shortcut.group === 'go' ? <IconArrowRight size={18} stroke={1.5} /> : <IconBolt size={18} stroke={1.5} />
          }
          rightSection={<Kbd keys={shortcut.keys} />}
          // The palette must be gone first: an action may open a menu or move the focus.
          onClick={() => setTimeout(() => shortcut.run(new KeyboardEvent('keydown')), 0)}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
