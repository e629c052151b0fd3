import { expect, test } from 'vitest'
import { ProductActionDefinition } from '#contract/product.ts'
import { definitionOf, draftOf, nameFor } from './action-draft.ts'

const definition: ProductActionDefinition = {
  name: 'set_seats',
  title: 'Set seats',
  parameters: [
    { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 0, max: 500 },
    { name: 'why', label: 'Why', type: 'choice', required: false, choices: ['sold', 'gift'] },
    { name: 'note', label: 'Note', type: 'text', required: false },
  ],
  effect: '{key} gets {seats} seats.',
  endpoint: 'https://product.example/act',
  statusEndpoint: 'https://product.example/status',
  permission: 'billing.propose',
  approval: { role: 'lead', above: { parameter: 'seats', value: 50 } },
  needsAuthority: true,
  destructive: false,
  expects: [
    { field: 'seats', parameter: 'seats' },
    { field: 'access', value: 'granted' },
  ],
  enabled: false,
}

test('a form says what the definition said, whatever it was', () => {
  expect(definitionOf(draftOf(definition))).toEqual(definition)
  const always = { ...definition, approval: { role: 'finance' as const }, parameters: [], expects: [] }
  expect(definitionOf(draftOf(always))).toEqual(always)
})

test('what no longer applies is not sent', () => {
  const draft = draftOf(definition)
  expect(definitionOf({ ...draft, role: 'none' }).approval).toEqual({ role: 'none' })
  const [seats, ...rest] = draft.parameters
  if (!seats) throw new TypeError('there is no first parameter')
  const [parameter] = definitionOf({ ...draft, parameters: [{ ...seats, type: 'text' }, ...rest] }).parameters
  expect(parameter).toEqual({ name: 'seats', label: 'Seats', type: 'text', required: true })
})

test.each([
  ['Set seats', 'set_seats'],
  ['  2nd Chance! ', 'nd_chance'],
  ['Restore access (all)', 'restore_access_all'],
])('%j is proposed the name %j, which the contract takes', (title, name) => {
  expect(nameFor(title)).toBe(name)
  expect(ProductActionDefinition.shape.name.safeParse(name).success).toBe(true)
})
