import { fieldProblems } from './field-problems.ts'

/** Splits a refusal into what stands beside the form's own fields (`roles` takes `roles.0` too) and what is left for above its button. */
export function splitProblems<F extends string>(
  error: unknown,
  fields: readonly F[],
): { at: Partial<Record<F, string>>; rest: unknown } {
  const at: Partial<Record<F, string>> = {}
  for (const [path, message] of Object.entries(fieldProblems(error))) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`))
    if (field) at[field] ??= message.charAt(0).toUpperCase() + message.slice(1)
  }
  return { at, rest: Object.keys(at).length > 0 ? null : error }
}
