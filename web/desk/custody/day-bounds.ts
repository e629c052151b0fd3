/** Dates of the address as the instants at which these days begin and end where the agent is; junk is left out. */
export function dayBounds({ from, to }: { from?: string; to?: string }): { from?: string; to?: string } {
  const first = startOf(from, 0)
  const end = startOf(to, 1)
  return { ...(first && { from: first }), ...(end && { to: end }) }
}

function startOf(day: string | undefined, later: 0 | 1): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? []
  // By its parts and not as text: the browser then takes it as midnight here, also where a day has 23 hours.
  const at = new Date(Number(year), Number(month) - 1, Number(date) + later)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
