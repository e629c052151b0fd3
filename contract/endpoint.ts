import type * as z from 'zod'

/** The permissions of the role table; `public` needs nobody, `session` any signed-in agent or key. */
export const permissions = [
  'public',
  'session',
  'tickets.read',
  'tickets.write',
  'tickets.manage',
  'contacts.write',
  'reports.read',
  'billing.read',
  'billing.propose',
  'billing.approve',
  'custody.read',
  'custody.rerun',
  'macros.write',
  'rules.write',
  'audit.read',
  'export',
  'settings.write',
  'team.manage',
  'keys.manage',
] as const

export type Permission = (typeof permissions)[number]
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One call of the API, declared once: the server binds it, the web app calls it, the OpenAPI document lists it.
 * `path` is below /api/v1 with parameters in braces. Schemas are strict objects, so that an unknown parameter is refused.
 */
export type Endpoint<P = unknown, Q = unknown, B = unknown, R = unknown> = {
  method: Method
  path: string
  permission: Permission
  /** A sentence for the API's reader. */
  summary: string
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  result: z.ZodType<R>
  /** HTTP status of success; 200 unless said. */
  status?: 200 | 201 | 202 | 204
  /** Largest accepted body in bytes; 1 MiB unless said. */
  maxBody?: number
}

export function endpoint<P = undefined, Q = undefined, B = undefined, R = unknown>(
  declared: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return declared
}

export type ParamsOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _R> ? P : never
export type QueryOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R> ? Q : never
export type BodyOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R> ? B : never
export type ResultOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? R : never

/** Fills the braces of an endpoint's path. */
export function pathOf(endpoint: { path: string }, params: Record<string, string> = {}): string {
  return `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}`
}
