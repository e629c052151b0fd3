/** True when the error carries one of these codes (a system error such as ENOENT, or PostgreSQL's SQLSTATE). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
