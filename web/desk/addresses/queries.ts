import { listSuppressedAddresses, readAddresses } from '#contract/addresses.ts'
import { keyOf, read, readPages } from '../api.ts'
import { queryClient } from '../query-client.ts'

/** What is known of up to twenty addresses. */
export const addressesQuery = (emails: readonly string[], topics: readonly string[] = []) =>
  read(readAddresses, { query: { emails: emails.slice(0, 20).join(',') } }, topics)

export const suppressedQuery = readPages(listSuppressedAddresses, { query: { limit: 50 } })

export function forgetAddresses(): void {
  void queryClient.invalidateQueries({ queryKey: keyOf(readAddresses) })
  void queryClient.invalidateQueries({ queryKey: keyOf(listSuppressedAddresses) })
}
