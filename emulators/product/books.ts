import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'

export const NewAccount = z.strictObject({
  key: z.string().min(1).max(120),
  kind: z.enum(['contact', 'account', 'workspace']).default('workspace'),
  name: z.string().max(200),
  email: z.email(),
  /** The mail domain of the company whose it is. */
  domain: z.string().max(253).optional(),
  plan: z.string().max(60).default('Team'),
  seats: z.int().min(0).default(1),
  seatsUsed: z.int().min(0).default(0),
  access: z.enum(['granted', 'revoked', 'deleted']).default('granted'),
  quota: z.strictObject({ limit: z.int(), used: z.int() }).default({ limit: 1000, used: 0 }),
})
export type Account = z.infer<typeof NewAccount> & {
  /** When it was last changed, epoch ms; it never stands still or goes back. */
  at: number
  /** How often each operation had its effect here. */
  effects: Record<string, number>
}

export const Order = z.object({
  operation: z.string(),
  action: z.string(),
  key: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
})
export type Order = z.infer<typeof Order>

export type Books = ReturnType<typeof createBooks>

/** What the emulated product knows: its accounts, and what the desk ordered. */
export function createBooks(store: Store, clock: Clock) {
  const find = (key: string) => store.get<Account>('product.account', key)
  const keep = (account: Omit<Account, 'at'>) => {
    const at = Math.max(Math.floor(clock.now()), (find(account.key)?.at ?? 0) + 1)
    store.put('product.account', account.key, { ...account, at })
  }
  return {
    find,
    accounts: () => store.list<Account>('product.account'),
    open: (account: z.infer<typeof NewAccount>) => keep({ effects: {}, ...account }),
    change: (key: string, change: Partial<Account>) => {
      const account = find(key)
      if (account) keep({ ...account, ...change })
    },
    /** Carries an order out once, however often it is asked; why it cannot be done, or nothing. */
    carryOut({ operation, action, key, parameters }: Order): string | undefined {
      const account = find(key)
      if (!account) return `There is no account ${key}.`
      if (account.effects[operation]) return undefined
      const change = changeOf(account, action, parameters)
      if (typeof change === 'string') return change
      keep({ ...account, ...change, effects: { ...account.effects, [operation]: 1 } })
      return undefined
    },
    wasDone: (key: string, operation: string) => (find(key)?.effects[operation] ?? 0) > 0,
    /** What has been taken on and is not yet done. */
    pending: {
      get: (operation: string) => store.get<Pending>('product.pending', operation),
      put: (pending: Pending) => store.put('product.pending', pending.order.operation, pending),
      list: () => store.list<Pending>('product.pending'),
    },
  }
}

/** `left` questions are answered with accepted before it ends. */
export type Pending = { order: Order; left: number; fails: boolean }

function changeOf(account: Account, action: string, given: Record<string, unknown>): Partial<Account> | string {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  if (account.access === 'deleted') return `${account.key} was deleted.`
  switch (action) {
    case 'grant_access':
    case 'restore_access':
      return { access: 'granted' }
    case 'revoke_access':
      return { access: 'revoked' }
    case 'set_seats': {
      const seats = Number(given['seats'])
      return Number.isInteger(seats) && seats >= account.seatsUsed
        ? { seats }
        : `${account.seatsUsed} seats are in use; fewer cannot be set.`
    }
    case 'change_email':
      return /.@./.test(text('email')) ? { email: text('email').toLowerCase() } : 'That is no address.'
    case 'move_workspace':
      return /.@./.test(text('owner')) ? { email: text('owner').toLowerCase() } : 'That is no address.'
    case 'reset_quota':
      return { quota: { ...account.quota, used: 0 } }
    case 'delete_account':
      return { access: 'deleted' }
    default:
      return `The product has no action ${action}.`
  }
}

/** An account as the desk is told of it. */
export function entitlementOf(account: Account) {
  const { key, kind, name, email, domain, plan, seats, seatsUsed, access, quota, at } = account
  const quotas = [{ name: 'questions', ...quota }]
  return {
    key,
    kind,
    name,
    email,
    domain,
    plan,
    seats,
    seatsUsed,
    access,
    quotas,
    occurredAt: new Date(at).toISOString(),
  }
}
