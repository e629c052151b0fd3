import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { splitProblems } from './split-problems.ts'

const refused = (message: string, details?: unknown) => new ApiError('invalid_request', 400, message, details)

test('a problem of a field stands beside it, with a capital', () => {
  const error = refused('body.domains.0: bad.', [{ path: 'body.domains.0', message: 'must be a domain' }])
  expect(splitProblems(error, ['name', 'domains'])).toEqual({ at: { domains: 'Must be a domain' }, rest: null })
})

test('a sentence that names its field stands beside it too', () => {
  const error = refused('body.domains: gmail.com is a public mail domain.')
  expect(splitProblems(error, ['domains']).at).toEqual({ domains: 'Gmail.com is a public mail domain.' })
})

test('what belongs to no field of the form is left over', () => {
  const stray = refused('body.version: missing.')
  expect(splitProblems(stray, ['name'])).toEqual({ at: {}, rest: stray })
  const conflict = new ApiError('conflict', 409, 'Taken.')
  expect(splitProblems(conflict, ['name'])).toEqual({ at: {}, rest: conflict })
})
