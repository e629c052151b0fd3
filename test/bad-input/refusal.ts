import { ErrorBody, errorStatus, type ErrorCode } from '#contract/errors.ts'

/** What no sentence for a person says: the inside of the house. */
const inside =
  /\bat \S+ \(|node_modules|\.ts:\d|\/server\/|\b(select|insert into|update|delete from) \w+|syntax error|relation "|column "|violates|SQLSTATE|ECONN|TypeError|RangeError|\[object /i

/** What is wrong with how a request was refused; null when it was refused well. */
export function faultOfRefusal(status: number, text: string): string | null {
  if (status >= 500) return `answered ${status}: ${text.slice(0, 200)}`
  if (status < 400) return `was let through with ${status}`
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return `answered ${status} with something else than JSON: ${text.slice(0, 120)}`
  }
  const parsed = ErrorBody.strict().safeParse(body)
  if (!parsed.success) return `answered ${status} in another shape: ${text.slice(0, 120)}`
  const { code, message, details } = parsed.data.error
  if (errorStatus[code as ErrorCode] !== status) return `answered ${status} with the code ${code}`
  if (!/^\S.{8,}[.!?]$/su.test(message)) return `said no sentence: ${message}`
  if (inside.test(message) || inside.test(JSON.stringify(details ?? ''))) return `told of the inside: ${message}`
  return null
}
