import { Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { FieldRow } from '../../ui/field-row.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import css from './hours.module.css'

const words = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** The days the desk is closed, in order; those behind us are muted. */
export function Holidays({ days, onChange }: { days: readonly string[]; onChange: (days: string[]) => void }) {
  const [date, setDate] = useState('')
  const today = new Date(useNow(60_000)).toISOString().slice(0, 10)
  const add = (): void => {
    onChange([...new Set([...days, date])].toSorted())
    setDate('')
  }
  return (
    <FieldRow
      label={t('hours.holidays')}
      hint={
        <>
          {t('hours.holidays.hint')}
          <ul className={css.days} aria-label={t('hours.holidays')}>
            {days.length === 0 && <li>{t('hours.holidays.none')}</li>}
            {days.map((day) => (
              <li key={day} className={css.holiday} data-past={day < today || undefined}>
                {words.format(Date.parse(day))}
                <IconButton
                  size={20}
                  icon={IconX}
                  label={t('hours.holidays.remove', { date: words.format(Date.parse(day)) })}
                  onClick={() => onChange(days.filter((other) => other !== day))}
                />
              </li>
            ))}
          </ul>
        </>
      }
    >
      <TextInput
        type="date"
        aria-label={t('hours.holidays.date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && date && add()}
      />
      <Button variant="default" disabled={date === ''} onClick={add}>
        {t('hours.holidays.add')}
      </Button>
    </FieldRow>
  )
}
