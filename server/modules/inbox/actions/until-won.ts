import { isConflict } from '#platform/database-away.ts'
import { LostRace } from '../store/receipts.ts'

/** Tries the filing of a mail again that somebody else's work at the same moment undid, five times at most. */
export async function untilWon<T>(file: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await file()
    } catch (error) {
      // The other transaction has committed by now, so the next try sees its receipt, or where its ticket went.
      if (!(error instanceof LostRace || isConflict(error)) || tries >= 5) throw error
    }
  }
}
