import { Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { ProductParameter } from '#contract/product.ts'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { nameFor, newParameter, type ParameterDraft } from './action-draft.ts'
import css from './product.module.css'

type Props = { parameters: ParameterDraft[]; error: string | undefined; onChange: (next: ParameterDraft[]) => void }

const types = ProductParameter.shape.type.options

/** What an action needs to know, one block each. */
export function ParametersEditor({ parameters, error, onChange }: Props) {
  const change = (index: number, part: Partial<ParameterDraft>): void =>
    onChange(parameters.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <>
      {parameters.map((parameter, index) => (
        // Parameters have no id of their own; the form only ever adds at the end.
        <fieldset key={index} className={css.block} aria-label={parameter.label || t('action.parameter.this')}>
          <div className={css.pair}>
            <TextInput
              label={t('action.parameter.label')}
              maxLength={60}
              value={parameter.label}
              onChange={(event) => {
                const label = event.currentTarget.value
                const follows = parameter.name === nameFor(parameter.label)
                change(index, { label, ...(follows ? { name: nameFor(label) } : {}) })
              }}
            />
            <TextInput
              label={t('action.parameter.name')}
              maxLength={40}
              spellCheck={false}
              value={parameter.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <Select
              label={t('action.parameter.type')}
              allowDeselect={false}
              data={types.map((value) => ({ value, label: t(`action.parameter.type.${value}`) }))}
              value={parameter.type}
              onChange={(type) => change(index, { type: type as ParameterDraft['type'] })}
            />
            {parameter.type === 'integer' && <Range parameter={parameter} onChange={(part) => change(index, part)} />}
          </div>
          {parameter.type === 'choice' && (
            <TagsInput
              label={t('action.parameter.choices')}
              description={t('action.parameter.choices.hint')}
              acceptValueOnBlur
              maxTags={50}
              value={parameter.choices}
              onChange={(choices) => change(index, { choices })}
            />
          )}
          <div className={css.end}>
            <Checkbox
              label={t('action.parameter.required')}
              checked={parameter.required}
              onChange={(event) => change(index, { required: event.currentTarget.checked })}
            />
            <IconButton
              icon={IconTrash}
              label={t('action.parameter.remove', { what: parameter.label || t('action.parameter.this') })}
              onClick={() => onChange(parameters.filter((_, at) => at !== index))}
            />
          </div>
        </fieldset>
      ))}
      {error && <p className={css.problem}>{error}</p>}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => onChange([...parameters, newParameter])}
      >
        {t('action.parameter.add')}
      </Button>
    </>
  )
}

function Range({
  parameter,
  onChange,
}: {
  parameter: ParameterDraft
  onChange: (part: Partial<ParameterDraft>) => void
}) {
  return (
    <div className={css.pair}>
      <TextInput
        label={t('action.parameter.min')}
        inputMode="numeric"
        maxLength={12}
        value={parameter.min}
        onChange={(event) => onChange({ min: event.currentTarget.value })}
      />
      <TextInput
        label={t('action.parameter.max')}
        inputMode="numeric"
        maxLength={12}
        value={parameter.max}
        onChange={(event) => onChange({ max: event.currentTarget.value })}
      />
    </div>
  )
}
