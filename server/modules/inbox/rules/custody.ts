export type CustodyDecision = {
  outcome: 'new' | 'new_flagged' | 'duplicate'
  code: 'first_sight' | 'no_message_id' | 'same_mail_again' | 'same_raw_again' | 'reused_message_id'
  reason: string
  /** Under what the receipt is kept: the Message-ID, or one made from the hash of the whole raw mail. */
  providerId: string
  synthetic: boolean
}

/**
 * Whether a mail that has just arrived at one mailbox is new. `contentHash` is the SHA-256 of the
 * letter (`letterOf`); without a Message-ID of the whole raw mail: a hash of less would swallow a second "hello?".
 * `sameProviderId` are the receipts of this mailbox that carry the same Message-ID.
 */
export function decideCustody(input: {
  providerId?: string | undefined
  contentHash: string
  sameProviderId: readonly { contentHash: string }[]
  sameHash: boolean
}): CustodyDecision {
  const { contentHash } = input
  const given = input.providerId?.trim()
  if (!given) {
    const key = { providerId: `sha256:${contentHash}`, synthetic: true }
    return input.sameHash
      ? {
          outcome: 'duplicate',
          code: 'same_raw_again',
          reason: 'The same bytes arrived before, without a Message-ID.',
          ...key,
        }
      : {
          outcome: 'new',
          code: 'no_message_id',
          reason: 'It carries no Message-ID; it is known by the hash of its bytes.',
          ...key,
        }
  }
  const key = { providerId: given, synthetic: false }
  if (input.sameProviderId.length === 0) {
    return { outcome: 'new', code: 'first_sight', reason: 'First mail with this Message-ID in this mailbox.', ...key }
  }
  if (input.sameProviderId.some((receipt) => receipt.contentHash === contentHash)) {
    return {
      outcome: 'duplicate',
      code: 'same_mail_again',
      reason: 'The same Message-ID with the same content arrived before.',
      ...key,
    }
  }
  return {
    outcome: 'new_flagged',
    code: 'reused_message_id',
    reason: 'Another mail with other content carries the same Message-ID, so this one is kept as a message of its own.',
    ...key,
  }
}
