import { expect, it } from 'vitest'
import { nameTrick } from './name-tricks.ts'

const known = {
  agents: [
    { name: 'Mia Berg', email: 'mia@desk.test' },
    { name: 'Leo', email: 'leo@desk.test' },
  ],
  ours: ['Acme'],
  ownAddresses: ['support@desk.test'],
}
const of = (name: string, address = 'ann@customer.test') => nameTrick({ name, address }, known)

it.each([
  ['shows another address', 'support@acme.com', /another address/],
  ['hides characters', 'Mia\u202eB', /cannot be seen/],
  ['has no width somewhere', 'An\u200bn', /cannot be seen/],
  ['is a colleague by full name', 'mia berg', /Mia Berg, a colleague/],
  ['looks like a colleague in another alphabet', 'Мiа Веrg', /Mia Berg, a colleague/],
  ['looks like a colleague by rn and m', 'rnia berg', /Mia Berg, a colleague/],
  ['is the company', 'ACME', /Acme, our own/],
  ['is a part of the company', 'Acme Support Team', /Acme, our own/],
  ['looks like the company', 'Асme Billing', /Acme, our own/],
])('a name that %s is told', (_, name, words) => expect(of(name)).toMatch(words))

it.each([
  ['Ann Example', undefined],
  ['', undefined],
  ['Leo', undefined],
  ['ann@customer.test', undefined],
  ['Acmeville Council', undefined],
  ['علي\u200f', undefined],
])('%s is only a name', (name) => expect(of(name)).toBeUndefined())

it('colleagues and our own addresses may use their names', () => {
  expect(of('Mia Berg', 'mia@desk.test')).toBeUndefined()
  expect(of('Acme Support', 'support@desk.test')).toBeUndefined()
})
