import { Select } from '@mantine/core'
import type { Agent } from '#contract/team.ts'
import { t } from '../../messages/translate.ts'
import css from './audit.module.css'
import { eventTypes, typeWords } from './event-types.ts'

type Props = {
  type: string
  actorId: string
  agents: readonly Agent[]
  /** Types of the lines that are loaded. */
  seen: readonly string[]
  onType: (type: string) => void
  onActor: (actorId: string) => void
}

export function AuditFilters({ type, actorId, agents, seen, onType, onActor }: Props) {
  const types = [...new Set([...eventTypes, ...seen, ...(type ? [type] : [])])].toSorted()
  return (
    <div className={css.filters} role="search" aria-label={t('audit.filters')}>
      <Select
        label={t('audit.type')}
        placeholder={t('audit.type.all')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.type.all') }}
        data={types.map((value) => ({ value, label: typeWords(value) }))}
        value={type || null}
        onChange={(value) => onType(value ?? '')}
      />
      <Select
        label={t('audit.who')}
        placeholder={t('audit.who.all')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.who.all') }}
        data={agents.map(({ id, name }) => ({ value: id, label: name }))}
        value={actorId || null}
        onChange={(value) => onActor(value ?? '')}
      />
    </div>
  )
}
