import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { currencyProblem, type LimitsForm, type Problems } from './limits-form.ts'
import css from './limits-table.module.css'

type Rows = LimitsForm['rows']
type Props = { form: LimitsForm; problems: Problems; mayWrite: boolean; onChange: (rows: Rows) => void }

/** One row per currency: up to where an agent decides alone, and up to where a lead may approve. */
export function LimitsTable({ form, problems, mayWrite, onChange }: Props) {
  const change = (currency: string, part: Partial<Rows[number]>): void =>
    onChange(form.rows.map((row) => (row.currency === currency ? { ...row, ...part } : row)))
  return (
    <div className={css.scroller}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('policy.currency')}</th>
            <th scope="col">{t('policy.auto')}</th>
            <th scope="col">{t('policy.lead')}</th>
            <th scope="col">
              <span className="sr-only">{t('policy.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {form.rows.map(({ currency, auto, lead }) => (
            <tr key={currency}>
              <th scope="row" className={css.currency}>
                {currency}
              </th>
              {(['auto', 'lead'] as const).map((column) => (
                <td key={column}>
                  <TextInput
                    aria-label={t(`policy.${column}Of`, { currency })}
                    className={css.amount}
                    inputMode="decimal"
                    maxLength={20}
                    readOnly={!mayWrite}
                    value={column === 'auto' ? auto : lead}
                    error={problems[`${currency}.${column}`]}
                    onChange={(event) => change(currency, { [column]: event.currentTarget.value })}
                  />
                </td>
              ))}
              <td className={css.remove}>
                {mayWrite && (
                  <IconButton
                    icon={IconX}
                    label={t('policy.removeOf', { currency })}
                    onClick={() => onChange(form.rows.filter((row) => row.currency !== currency))}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayWrite && <AddCurrency form={form} onAdd={(row) => onChange([...form.rows, row])} />}
    </div>
  )
}

function AddCurrency({ form, onAdd }: { form: LimitsForm; onAdd: (row: Rows[number]) => void }) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const addRow = (): void => {
    const found = currencyProblem(code, form)
    setProblem(found)
    if (found) return
    onAdd({ currency: code, auto: '0', lead: '0' })
    setCode('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    addRow()
  }
  return (
    <div className={css.add}>
      <TextInput
        aria-label={t('policy.addCurrency')}
        placeholder={t('policy.code')}
        className={css.code}
        maxLength={3}
        value={code}
        error={problem}
        onChange={(event) => {
          setCode(event.currentTarget.value.toUpperCase().replace(/[^A-Z]/g, ''))
          setProblem(null)
        }}
        onKeyDown={onKeyDown}
      />
      <Button variant="default" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={addRow}>
        {t('policy.addCurrency')}
      </Button>
    </div>
  )
}
