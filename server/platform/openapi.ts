import * as z from 'zod'
import type { Endpoint } from '#contract/endpoint.ts'
import { ErrorBody } from '#contract/errors.ts'

/** The OpenAPI 3.1 document of the endpoints, made from the same records that serve them. */
export function openApi(endpoints: readonly Endpoint[], serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = (paths[`/api/v1${endpoint.path}`] ??= {})
    path[endpoint.method.toLowerCase()] = operation(endpoint)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Mainstay', version: '1', description: 'The API of a Mainstay desk.' },
    servers: [{ url: serverUrl }],
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        session: { type: 'apiKey', in: 'cookie', name: 'mainstay.session_token' },
      },
    },
    paths,
  }
}

function operation(endpoint: Endpoint): Record<string, unknown> {
  const status = String(endpoint.status ?? 200)
  return {
    operationId: operationId(endpoint),
    tags: [endpoint.path.split('/')[1]],
    summary: endpoint.summary,
    'x-permission': endpoint.permission,
    ...(endpoint.permission === 'public' ? { security: [] } : {}),
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
      ...(endpoint.method === 'GET' ? [] : [idempotencyKey]),
    ],
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: 'Done.',
        content: { 'application/json': { schema: schemaOf(endpoint.result, 'output') } },
      },
      default: {
        description: 'Refused; the code is one of a closed list and the message is a sentence.',
        content: { 'application/json': { schema: schemaOf(ErrorBody, 'output') } },
      },
    },
  }
}

/** `GET /tickets/{id}/messages` is `getTicketsByIdMessages`: what generated clients call it. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[/-]/).filter(Boolean)
  const named = words.map((word) => {
    const plain = word.replace(/[{}]/g, '')
    const capital = plain.charAt(0).toUpperCase() + plain.slice(1)
    return word.startsWith('{') ? `By${capital}` : capital
  })
  return method.toLowerCase() + named.join('')
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A repeated request with the same key is carried out once.',
  schema: { type: 'string', maxLength: 255 },
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}
