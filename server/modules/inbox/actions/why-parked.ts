/** Why a mail that could be read was not filed, for the agent who finds it parked. Driver errors tell no content. */
export function whyParked(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const words = typeof code === 'string' ? `the database refused it (${code})` : String(message ?? error).slice(0, 200)
  return `It could be read but not filed: ${words}.`
}
