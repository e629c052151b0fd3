import type { ParameterValues, ProductActionDefinition, ProductParameter } from '#contract/product.ts'

/** What is wrong with a definition, in words; undefined when it can be used. */
export function faultOfDefinition(definition: ProductActionDefinition): string | undefined {
  const names = definition.parameters.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) return `parameters: ${twice} is there twice.`
  const known = (name: string | undefined) => name === undefined || names.includes(name)
  for (const { name, type, choices, min, max } of definition.parameters) {
    if (type === 'choice' && !choices?.length) return `parameters.${name}: a choice needs its choices.`
    if (min !== undefined && max !== undefined && min > max) return `parameters.${name}: min is above max.`
  }
  const named = [...definition.effect.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '')
  const strange = named.find((name) => name !== 'key' && !names.includes(name))
  if (strange !== undefined) return `effect: {${strange}} is no parameter.`
  const { above } = definition.approval
  if (above && !definition.parameters.some(({ name, type }) => name === above.parameter && type === 'integer'))
    return `approval.above: ${above.parameter} is no parameter that is a whole number.`
  for (const { field, parameter, value } of definition.expects) {
    if (!known(parameter)) return `expects: ${parameter} is no parameter.`
    if ((parameter === undefined) === (value === undefined)) return `expects.${field}: give either parameter or value.`
  }
  return undefined
}

/** What is wrong with the values for an action, in words that name the parameter. */
export function faultOfValues(definition: ProductActionDefinition, values: ParameterValues): string | undefined {
  const strange = Object.keys(values).find((name) => !definition.parameters.some((one) => one.name === name))
  if (strange) return `parameters.${strange}: is no parameter of ${definition.title}.`
  for (const parameter of definition.parameters) {
    const value = values[parameter.name]
    if (value === undefined || value === '') {
      if (parameter.required) return `parameters.${parameter.name}: ${parameter.label} is missing.`
    } else {
      const fault = faultOfValue(parameter, value)
      if (fault) return `parameters.${parameter.name}: ${parameter.label} ${fault}.`
    }
  }
  return undefined
}

function faultOfValue({ type, min, max, choices }: ProductParameter, value: string | number | boolean) {
  switch (type) {
    case 'integer':
      if (typeof value !== 'number') return 'must be a whole number'
      if (min !== undefined && value < min) return `must be at least ${min}`
      return max !== undefined && value > max ? `must be at most ${max}` : undefined
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be yes or no'
    case 'choice':
      return choices?.includes(String(value)) ? undefined : `must be one of ${choices?.join(', ')}`
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value)) ? undefined : 'must be an address'
    case 'text':
      return typeof value === 'string' ? undefined : 'must be text'
  }
}

/** Who must approve this, if anybody. */
export function approvalFor({ approval }: ProductActionDefinition, values: ParameterValues): 'lead' | 'finance' | null {
  if (approval.role === 'none') return null
  if (!approval.above) return approval.role
  const value = values[approval.above.parameter]
  return typeof value === 'number' && value <= approval.above.value ? null : approval.role
}

type Known = { plan: string | null; seats: number | null; access: string; occurredAt: string } | null

/** What will happen, in words. `known` is what is known of the entitlement. */
export function effectsOf(input: {
  definition: ProductActionDefinition
  key: string
  values: ParameterValues
  known: Known
}): string[] {
  const { definition, key, values, known } = input
  const fill = (_: string, name: string) => (name === 'key' ? key : String(values[name] ?? 'nothing'))
  const facts = known && [known.access, known.plan, known.seats !== null && `${known.seats} seats`].filter(Boolean)
  return [
    definition.effect.replace(/\{([^}]*)\}/g, fill),
    facts
      ? `Now, as of ${known?.occurredAt.slice(0, 16).replace('T', ' ')} UTC: ${facts.join(', ')}.`
      : `Nothing is known yet of what ${key} has now.`,
    ...(definition.destructive ? ['This cannot be undone.'] : []),
    'Afterwards the product is asked whether it is so.',
  ]
}

/** Where what the product says afterwards is not what was asked for, in words. */
export function faultOfEffect(
  { expects }: Pick<ProductActionDefinition, 'expects'>,
  values: ParameterValues,
  stated: {
    access: string
    plan?: string | null | undefined
    seats?: number | null | undefined
    email?: string | null | undefined
  } | null,
): string | undefined {
  if (expects.length === 0) return undefined
  if (!stated) return 'The product says that it is done, but not what is so now. Look there.'
  for (const { field, parameter, value } of expects) {
    const wanted = parameter === undefined ? value : values[parameter]
    const is = stated[field] ?? null
    if (wanted !== undefined && String(is).toLowerCase() !== String(wanted).toLowerCase())
      return `The product says that it is done, but ${field} is ${String(is)} instead of ${String(wanted)}. Look there.`
  }
  return undefined
}
