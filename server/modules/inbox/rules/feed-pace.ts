/** Milliseconds to wait before the next try, after so many failures in a row. A refused sign-in is not hammered at. */
export function reconnectAfterMs(failures: number, refused: boolean): number {
  const slow = refused ? 300_000 : 60_000
  const first = refused ? 30_000 : 1000
  return Math.min(slow, first * 2 ** Math.min(20, Math.max(0, failures - 1)))
}

/** How often a mail that breaks the connection is asked for before it is parked, so that others get past it. */
export const triesPerMail = 4
