import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../messages/translate.ts'
import { FieldRow } from '../../ui/field-row.tsx'
import css from './hours.module.css'

const units = { minutes: 60, hours: 3600, days: 86_400 } as const
type Unit = keyof typeof units

/** How soon a first reply is due: an amount in the largest unit that divides it, or the one chosen. */
export function ReplyTarget({ seconds, onChange }: { seconds: number; onChange: (seconds: number) => void }) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(seconds))
  const amount = seconds / units[unit]
  return (
    <FieldRow label={t('hours.target')} hint={t('hours.target.hint')} htmlFor="hours-target">
      <NumberInput
        id="hours-target"
        className={css.amount}
        min={0}
        decimalScale={2}
        error={(seconds < 60 || seconds > 31_536_000) && t('hours.target.range')}
        value={amount}
        onChange={(value) => onChange(Math.round(Number(value) * units[unit]))}
      />
      <Select
        className={css.unit}
        aria-label={t('hours.target.unit')}
        allowDeselect={false}
        data={(Object.keys(units) as Unit[]).map((value) => ({ value, label: t(`hours.unit.${value}`) }))}
        value={unit}
        onChange={(value) => setUnit(value as Unit)}
      />
    </FieldRow>
  )
}

function unitOf(seconds: number): Unit {
  if (seconds % units.days === 0) return 'days'
  return seconds % units.hours === 0 ? 'hours' : 'minutes'
}
