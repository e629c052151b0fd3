import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { deriveDocuments } from './derivation/derive-documents.ts'
import type { OracleDocument } from './derivation/json-schema.ts'
import { renderDocument } from './derivation/render-document.ts'

const folder = join(import.meta.dirname, 'schemas')
let derived: Map<string, OracleDocument>
beforeAll(() => {
  derived = deriveDocuments()
})

test('the committed schemas are those of the installed client, byte for byte', () => {
  expect(readdirSync(folder).toSorted()).toEqual([...derived.keys()].toSorted())
  const differing = [...derived].filter(
    ([name, document]) => readFileSync(join(folder, name), 'utf8') !== renderDocument(document),
  )
  expect(differing.map(([name]) => `${name}: run node emulators/stripe/oracle/derive.ts`)).toEqual([])
})

test('the declarations are read as they are meant', () => {
  const { objects, endpoints } = derived.get('refunds.json') as OracleDocument
  const { properties, required } = objects.refund ?? {}
  expect(properties?.charge).toEqual({ type: ['null', 'object', 'string'], resources: ['charge'] })
  expect(properties?.customer).toEqual({
    type: ['null', 'object', 'string'],
    resources: ['customer', 'deleted_customer'],
  })
  expect(properties?.reason?.enum).toEqual([
    'duplicate',
    'expired_uncaptured_charge',
    'fraudulent',
    'requested_by_customer',
    null,
  ])
  expect(properties?.metadata).toEqual({ type: ['null', 'object'], additionalProperties: { type: 'string' } })
  expect(properties?.description).toEqual({ type: 'string' })
  expect(required).toContain('charge')
  expect(required).not.toContain('description')
  expect(endpoints['POST /v1/refunds/:id/cancel']?.answer).toEqual({ type: 'object', resources: ['refund'] })
  expect(endpoints['POST /v1/refunds']?.params.properties?.metadata).toMatchObject({
    type: ['object', 'string'],
    maxLength: 0,
  })
})

test('decimals, mixed parameters, tombstones and events are known', () => {
  const objects = Object.assign(
    {},
    ...[...derived.values()].map((document) => document.objects),
  ) as OracleDocument['objects']
  const prices = derived.get('prices.json') as OracleDocument
  expect(objects.price?.properties?.unit_amount_decimal).toMatchObject({
    type: ['null', 'string'],
    pattern: '^-?\\d+(\\.\\d+)?$',
  })
  expect(prices.endpoints['POST /v1/prices']?.params.required).toEqual(['currency'])
  expect(prices.endpoints['POST /v1/prices']?.params.properties?.tiers?.items?.properties?.up_to).toEqual({
    anyOf: [{ const: 'inf' }, { type: 'number' }],
  })
  expect(objects.deleted_customer?.properties?.deleted).toEqual({ const: true })
  expect(objects.customer?.properties?.deleted).toBeUndefined()
  expect(derived.get('events.json')?.events?.['invoice.paid']).toEqual({ type: 'object', resources: ['invoice'] })
})
