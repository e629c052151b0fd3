import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { ExpectDraft, ParameterDraft } from './action-draft.ts'
import css from './product.module.css'

type Props = {
  expects: ExpectDraft[]
  parameters: readonly ParameterDraft[]
  error: string | undefined
  onChange: (next: ExpectDraft[]) => void
}

const fields = ['access', 'plan', 'seats', 'email'] as const

/** What the product must say afterwards, each field against a parameter or a text. */
export function ExpectsEditor({ expects, parameters, error, onChange }: Props) {
  const change = (index: number, part: Partial<ExpectDraft>): void =>
    onChange(expects.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const sources = [
    { value: '', label: t('action.expects.fixed') },
    ...parameters.filter(({ name }) => name !== '').map(({ name, label }) => ({ value: name, label: label || name })),
  ]
  return (
    <>
      <p className="muted">{t('action.expects.hint')}</p>
      {expects.map(({ field, parameter, value }, index) => (
        <div key={index} className={css.expect}>
          <Select
            label={t('action.expects.field')}
            allowDeselect={false}
            data={fields.map((name) => ({ value: name, label: t(`action.expects.${name}`) }))}
            value={field}
            onChange={(chosen) => change(index, { field: chosen as ExpectDraft['field'] })}
          />
          <Select
            label={t('action.expects.is')}
            allowDeselect={false}
            data={sources}
            value={parameter}
            onChange={(chosen) => change(index, { parameter: chosen ?? '' })}
          />
          {parameter === '' && (
            <TextInput
              label={t('action.expects.value')}
              maxLength={60}
              value={value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
          )}
          <IconButton
            icon={IconTrash}
            label={t('action.expects.remove', { what: t(`action.expects.${field}`) })}
            onClick={() => onChange(expects.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {error && <p className={css.problem}>{error}</p>}
      {expects.length < fields.length && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} />}
          onClick={() => onChange([...expects, { field: 'access', parameter: '', value: 'granted' }])}
        >
          {t('action.expects.add')}
        </Button>
      )}
    </>
  )
}
