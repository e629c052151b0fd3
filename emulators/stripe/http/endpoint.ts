import { onItsClock } from '../engine/clock-of.ts'
import type { Context } from '../engine/context.ts'
import { ensureAnswer } from '../oracle/conformance.ts'
import { ensureParameters } from '../oracle/parameters.ts'
import { expand } from './expand.ts'
import type { RawObject } from './form.ts'
import { type Fields, list, readFields, string, type Values } from './params.ts'

type Method = 'GET' | 'POST' | 'DELETE'
/** Ids that stood in the path: `:id`, and `:sub` where there are two. */
export type PathIds = { id: string; sub: string }
/** One line of the API. `prepare` checks the parameters and gives back the work, so that refusals have no effects. */
export type Endpoint = {
  method: Method
  path: string
  fields: Fields
  prepare(raw: RawObject, ids: PathIds): (ctx: Context) => object
}

const expandField = { expand: list(string(500)) }

/**
 * Declares an endpoint: its parameters as data, and what it does with their values. Every endpoint also takes `expand`.
 * The schema oracle refuses what Stripe would; of the rest, what is not declared here is refused as not emulated.
 * An answer that Stripe could not give is a fault of the emulator and undoes the request.
 */
export function endpoint<F extends Fields>(
  method: Method,
  path: string,
  fields: F,
  handle: (ctx: Context, params: Values<F>, ids: PathIds) => object,
): Endpoint {
  const route = `${method} ${path}`
  return {
    method,
    path,
    fields,
    prepare(raw, ids) {
      ensureParameters(route, raw)
      const { expand: expandRaw, ...rest } = raw
      const paths = expandRaw === undefined ? [] : (readFields(expandField, { expand: expandRaw }).expand ?? [])
      const params = readFields(fields, rest)
      return (base) => {
        const ctx = onItsClock(base, idsIn(rest, ids))
        const answer = expand(ctx, handle(ctx, params, ids), paths)
        ensureAnswer(route, answer)
        return answer
      }
    },
  }
}

/** The ids a request names in its path, at the top of its parameters, and in the payload of a meter event. */
function idsIn({ payload, ...raw }: RawObject, ids: PathIds): string[] {
  const named = [ids.id, ids.sub, ...Object.values(raw), ...Object.values(typeof payload === 'object' ? payload : {})]
  return named.filter((value) => typeof value === 'string')
}
