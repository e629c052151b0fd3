import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { afterFailure } from '../rules/address-state.ts'
import type { MailFailure } from '../rules/bounce-facts.ts'
import { lockAddress, setAddress } from '../store/mail-addresses.ts'

/** An address learns from a failure of a mail to it. A mail that is only late teaches nothing. */
export async function noteAddressFailure(desk: Desk, messageId: Id<'msg'>, failure: MailFailure): Promise<void> {
  if (failure.delayed) return
  const before = await lockAddress(desk, failure.address)
  await setAddress(desk, failure.address, afterFailure(before, failure, desk.now()), messageId)
}
