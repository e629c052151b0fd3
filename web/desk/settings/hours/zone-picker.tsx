import { Select } from '@mantine/core'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { FieldRow } from '../../ui/field-row.tsx'
import css from '../settings-form.module.css'

const known = Intl.supportedValuesOf('timeZone')

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Any zone by typing a part of its name, with what a clock there shows now. */
export function ZonePicker({
  value,
  disabled,
  onChange,
}: {
  value: string
  disabled: boolean
  onChange: (zone: string) => void
}) {
  const now = useNow(60_000)
  const time = isZone(value)
    ? new Intl.DateTimeFormat('en-GB', {
        timeZone: value,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
      }).format(now)
    : null
  return (
    <FieldRow
      label={t('hours.zone')}
      htmlFor="hours-zone"
      hint={
        <>
          {t('hours.zone.hint')} {time && t('hours.zone.now', { time })}
        </>
      }
    >
      <Select
        id="hours-zone"
        className={css.wide}
        searchable
        allowDeselect={false}
        disabled={disabled}
        // UTC and the like are valid without being in every browser's list.
        data={known.includes(value) ? known : [value, ...known]}
        limit={100}
        maxDropdownHeight={280}
        error={time === null && t('hours.zone.unknown')}
        value={value}
        onChange={(zone) => zone && onChange(zone)}
      />
    </FieldRow>
  )
}
