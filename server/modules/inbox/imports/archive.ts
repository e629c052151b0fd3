/** A mail as it was found in an archive. */
export type ArchivedMail = {
  raw: Buffer
  /** Too long to be taken; `raw` is its beginning. */
  tooLong: boolean
  /** In bytes, in the archive. */
  size: number
  /** When the archive says that it arrived, as text; empty where it does not. */
  writtenAt: string
  /** Where the mail after it is to be looked for. */
  next: string
}

export const mostMailBytes = 50 * 1024 * 1024
