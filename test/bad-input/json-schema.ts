import * as z from 'zod'
import { idPrefixes, type IdPrefix } from '#contract/ids.ts'

/** What of JSON Schema the contract's inputs are written in. */
export type JsonSchema = {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  pattern?: string
}

/** What a caller may send, as the OpenAPI document says it. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
}

/** The prefix of the ids a schema is about, if it is about ids of ours. */
export function idPrefixOf(schema: JsonSchema): IdPrefix | undefined {
  const named = /^\^\(?([a-z]+)_\)?\[0-7\]/.exec(schema.pattern ?? '')?.[1]
  return named !== undefined && named in idPrefixes ? (named as IdPrefix) : undefined
}
