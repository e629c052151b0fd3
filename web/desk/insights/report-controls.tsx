import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClockKind } from '#contract/sla.ts'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths, type ReportSearch } from '../paths.ts'
import { teamsQuery } from '../settings/org-queries.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { type Period, presets } from './period.ts'
import css from './report.module.css'

type Props = { search: ReportSearch; period: Period; team: string; clock: ClockKind }

/** Period, clock and team; all of them stand in the address, so that a link opens the same report. */
export function ReportControls({ search, period, team, clock }: Props) {
  const go = useGo()
  const teams = useInfiniteQuery(teamsQuery)
  const [custom, setCustom] = useState(period.preset === 'custom')
  const show = (part: ReportSearch): void => go(paths.insights({ ...search, ...part }), { replace: true })
  const choose = (preset: string): void => {
    setCustom(preset === 'custom')
    const { from: _from, to: _to, days: _days, ...rest } = search
    if (preset !== 'custom') go(paths.insights({ ...rest, days: preset }), { replace: true })
  }
  const today = period.to ?? ''
  return (
    <div className={css.controls} role="group" aria-label={t('insights.period')}>
      <SegmentedControl
        size="xs"
        aria-label={t('insights.period')}
        value={custom ? 'custom' : period.preset}
        onChange={choose}
        data={[
          ...presets.map((value) => ({ value, label: t('insights.days', { days: value }) })),
          { value: 'custom', label: t('insights.custom') },
        ]}
      />
      {custom && (
        <div className={css.dates}>
          <DateField
            label={t('insights.from')}
            value={period.from}
            onSet={(from) => show({ from, to: today || from })}
          />
          <DateField
            label={t('insights.to')}
            value={today}
            min={period.from}
            onSet={(to) => show({ from: period.from, to })}
          />
        </div>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('insights.clock')}
        value={clock}
        onChange={(value) => show({ clock: value })}
        data={(['business', 'calendar'] as const).map((value) => ({ value, label: t(`insights.clock.${value}`) }))}
      />
      {(teams.data?.length ?? 0) > 1 && (
        <Select
          className={css.team}
          aria-label={t('insights.team')}
          allowDeselect={false}
          data={[
            { value: '', label: t('insights.team.all') },
            ...(teams.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
          value={team}
          onChange={(value) => show({ team: value ?? '' })}
        />
      )}
    </div>
  )
}

function DateField({
  label,
  value,
  min,
  onSet,
}: {
  label: string
  value: string
  min?: string
  onSet: (date: string) => void
}) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      {...(min && { min })}
      value={value}
      onChange={(event) => event.currentTarget.value && onSet(event.currentTarget.value)}
    />
  )
}

export function ReportActions({ onRefresh, refreshing }: { onRefresh: () => void; refreshing: boolean }) {
  return (
    <div className={css.actions}>
      <IconButton icon={IconRefresh} label={t('insights.refresh')} loading={refreshing} onClick={onRefresh} />
      <IconButton icon={IconPrinter} label={t('insights.print')} onClick={() => print()} />
    </div>
  )
}
