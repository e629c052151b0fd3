import type { ProductActionDefinition, ProductParameter } from '#contract/product.ts'

/** A parameter as it stands in the form: numbers as they are typed. */
export type ParameterDraft = Pick<ProductParameter, 'name' | 'label' | 'type' | 'required'> & {
  min: string
  max: string
  choices: string[]
}

/** `parameter` is empty where the field must equal a fixed text. */
export type ExpectDraft = {
  field: ProductActionDefinition['expects'][number]['field']
  parameter: string
  value: string
}

export type ActionDraft = Pick<
  ProductActionDefinition,
  | 'name'
  | 'title'
  | 'effect'
  | 'endpoint'
  | 'statusEndpoint'
  | 'permission'
  | 'needsAuthority'
  | 'destructive'
  | 'enabled'
> & {
  parameters: ParameterDraft[]
  expects: ExpectDraft[]
  role: ProductActionDefinition['approval']['role']
  /** Empty where it is always approved. */
  above: string
  aboveValue: string
}

export const newParameter: ParameterDraft = {
  name: '',
  label: '',
  type: 'text',
  required: true,
  min: '',
  max: '',
  choices: [],
}

export function draftOf(definition: ProductActionDefinition | null): ActionDraft {
  const { approval, parameters = [], expects = [], ...rest } = definition ?? {}
  return {
    name: '',
    title: '',
    effect: '',
    endpoint: '',
    statusEndpoint: '',
    permission: 'tickets.write',
    needsAuthority: false,
    destructive: false,
    enabled: true,
    ...rest,
    role: approval?.role ?? 'none',
    above: approval?.above?.parameter ?? '',
    aboveValue: String(approval?.above?.value ?? ''),
    parameters: parameters.map(({ min, max, choices = [], ...parameter }) => ({
      ...parameter,
      min: String(min ?? ''),
      max: String(max ?? ''),
      choices,
    })),
    expects: expects.map(({ field, parameter = '', value = '' }) => ({ field, parameter, value })),
  }
}

/** What the form says, as the API takes it. A number that is none is sent as it is and refused there. */
export function definitionOf(draft: ActionDraft): ProductActionDefinition {
  const { role, above, aboveValue, parameters, expects, ...rest } = draft
  return {
    ...rest,
    name: rest.name.trim(),
    title: rest.title.trim(),
    effect: rest.effect.trim(),
    endpoint: rest.endpoint.trim(),
    statusEndpoint: rest.statusEndpoint.trim(),
    approval: {
      role,
      ...(role !== 'none' && above ? { above: { parameter: above, value: Number(aboveValue) } } : {}),
    },
    parameters: parameters.map(({ min, max, choices, type, name, label, required }) => ({
      name: name.trim(),
      label: label.trim(),
      type,
      required,
      ...(type === 'integer' && min.trim() ? { min: Number(min) } : {}),
      ...(type === 'integer' && max.trim() ? { max: Number(max) } : {}),
      ...(type === 'choice' ? { choices } : {}),
    })),
    expects: expects.map(({ field, parameter, value }) =>
      parameter ? { field, parameter } : { field, value: value.trim() },
    ),
  }
}

/** `Set seats` becomes `set_seats`. */
export function nameFor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
}
