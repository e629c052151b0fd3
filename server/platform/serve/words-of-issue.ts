import type * as z from 'zod'

type Issue = z.core.$ZodIssue

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const formats: Record<string, string> = {
  email: 'must be an e-mail address',
  datetime: 'must be a time such as 2026-11-02T09:00:00Z',
  date: 'must be a date such as 2026-11-02',
  base64: 'must be base64',
}

/** What is wrong with a field, to be read after its name. A message that the contract wrote itself stays as it is. */
export function wordsOf(issue: Issue): string {
  if (!/^(Invalid|Too |Unrecognized)/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('undefined') ? 'is required' : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return `does not take ${issue.keys.map((key) => JSON.stringify(key.slice(0, 60))).join(', ')}`
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.join(', ')}`
    case 'too_big':
      return `must ${bound('most', issue.origin, Number(issue.maximum))}`
    case 'too_small':
      return `must ${bound('least', issue.origin, Number(issue.minimum))}`
    case 'invalid_format':
      return formats[issue.format] ?? 'is not of the form this field takes'
    case 'invalid_union':
      return unionWords(issue.errors)
    default:
      return 'is not valid'
  }
}

function bound(which: 'most' | 'least', origin: string, limit: number): string {
  if (origin === 'string') {
    if (which === 'least' && limit === 1) return 'not be empty'
    return `have at ${which} ${limit} characters`
  }
  if (origin === 'array') return `have at ${which} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  return `be at ${which} ${limit}`
}

/** The alternatives, when all of them speak about the field itself; else the first that was nearly met. */
function unionWords(branches: readonly (readonly Issue[])[]): string {
  const own = branches.map((issues) => issues.find((issue) => issue.path.length === 0)).filter((issue) => !!issue)
  const [first] = [...new Set(own.map(wordsOf))]
  return first ?? 'is not valid'
}
