import { Checkbox, Select, TextInput } from '@mantine/core'
import type { ProductParameter } from '#contract/product.ts'
import { t } from '../../messages/translate.ts'
import type { Typed } from './read-parameters.ts'

type Props = {
  parameters: readonly ProductParameter[]
  typed: Typed
  problems: Readonly<Record<string, string>>
  onType: (name: string, value: string | boolean) => void
}

/** One field for each parameter of an action, by its type. A fault is shown once something stands in the field. */
export function ParameterFields({ parameters, typed, problems, onType }: Props) {
  return parameters.map((parameter) => {
    const { name, label, type, required, choices } = parameter
    const value = typed[name]
    const shared = {
      label: required ? label : t('product.optional', { label }),
      error: value === undefined || value === '' ? null : (problems[name] ?? null),
      mb: 8,
    }
    if (type === 'boolean')
      return (
        <Checkbox
          key={name}
          label={label}
          mb={8}
          checked={value === true}
          onChange={(event) => onType(name, event.currentTarget.checked)}
        />
      )
    if (type === 'choice')
      return (
        <Select
          key={name}
          {...shared}
          data={choices ?? []}
          value={typeof value === 'string' && value !== '' ? value : null}
          onChange={(chosen) => onType(name, chosen ?? '')}
          clearable={!required}
          allowDeselect={!required}
        />
      )
    return (
      <TextInput
        key={name}
        {...shared}
        description={rangeOf(parameter)}
        type={type === 'email' ? 'email' : 'text'}
        inputMode={type === 'integer' ? 'numeric' : undefined}
        maxLength={500}
        autoComplete="off"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onType(name, event.currentTarget.value)}
      />
    )
  })
}

function rangeOf({ min, max }: ProductParameter): string | undefined {
  if (min !== undefined && max !== undefined) return t('product.between', { min, max })
  if (min !== undefined) return t('product.atLeast', { min })
  return max === undefined ? undefined : t('product.atMost', { max })
}
