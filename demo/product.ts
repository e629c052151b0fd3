import type { ProductAction, ProductActionDefinition, ProductParameter } from '#contract/product.ts'
import { plans } from './company.ts'
import type { Day } from './day.ts'
import { people } from './people.ts'
import type { Stage, Step } from './stage.ts'
import { subscribers, workspaces } from './subscribers.ts'

/** Lumenary's own product joins: what it can be asked to do, and what its customers have there. */
export function productSteps(day: Day): Step[] {
  return [
    {
      id: 'product.connect',
      at: day.before('P3D'),
      strand: 'product',
      label: 'The product is connected',
      run: connect,
    },
    {
      id: 'product.accounts',
      at: day.before('P2D'),
      strand: 'product',
      label: 'The product tells what its customers have',
      run: tellAccounts,
    },
    {
      id: 'product.students',
      at: day.yesterday('09:10'),
      strand: 'product',
      label: 'A list of students is taken in',
      run: importStudents,
    },
  ]
}

const email: ProductParameter = { name: 'email', label: 'New address', type: 'email', required: true }
const owner: ProductParameter = { name: 'owner', label: 'New owner', type: 'email', required: true }
const seats: ProductParameter = { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 5000 }

type Declared = Pick<ProductActionDefinition, 'name' | 'title' | 'effect'> & Partial<ProductActionDefinition>

const actions: Declared[] = [
  {
    name: 'restore_access',
    title: 'Restore access',
    effect: '{key} can be used again.',
    expects: [{ field: 'access', value: 'granted' }],
  },
  {
    name: 'revoke_access',
    title: 'Revoke access',
    effect: 'Nobody can use {key} until access is restored. Nothing is deleted.',
    approval: { role: 'lead' },
    expects: [{ field: 'access', value: 'revoked' }],
  },
  {
    name: 'set_seats',
    title: 'Set seats',
    parameters: [seats],
    effect: '{key} has {seats} seats from now on. Stripe is not changed by this.',
    approval: { role: 'lead', above: { parameter: 'seats', value: 150 } },
    needsAuthority: true,
    expects: [{ field: 'seats', parameter: 'seats' }],
  },
  {
    name: 'change_email',
    title: 'Change address',
    parameters: [email],
    effect: '{key} signs in with {email} from now on.',
    needsAuthority: true,
    expects: [{ field: 'email', parameter: 'email' }],
  },
  {
    name: 'move_workspace',
    title: 'Move workspace',
    parameters: [owner],
    effect: '{key} belongs to {owner} from now on.',
    approval: { role: 'lead' },
    needsAuthority: true,
    expects: [{ field: 'email', parameter: 'owner' }],
  },
  { name: 'reset_quota', title: 'Reset quota', effect: 'The questions of this month start at none again for {key}.' },
  {
    name: 'delete_account',
    title: 'Delete account',
    effect: '{key} and every document in it are deleted.',
    approval: { role: 'lead' },
    needsAuthority: true,
    destructive: true,
    expects: [{ field: 'access', value: 'deleted' }],
  },
]

/** As an admin would under Settings, Product: both secrets are made and told to the product, and its actions declared. */
async function connect({ desk, outside, deskUrl }: Stage): Promise<void> {
  const ada = desk('ada')
  const secret = async (use: 'calls' | 'webhooks') =>
    (await ada.send<{ secret: string }>('POST', '/product-port/secrets', { use })).secret
  await outside.connectProduct({
    calls: await secret('calls'),
    webhooks: await secret('webhooks'),
    url: `${deskUrl}/hooks/product`,
  })
  const { emulated } = await ada.get<{ emulated: string[] }>('/product-port')
  const { items } = await ada.get<{ items: ProductAction[] }>('/product-actions?limit=100')
  const known = new Set(items.map(({ definition }) => definition.name))
  for (const declared of actions.filter(({ name }) => !known.has(name)))
    await ada.send('POST', '/product-actions', {
      parameters: [],
      endpoint: `${emulated[0]}/product/act`,
      statusEndpoint: `${emulated[0]}/product/status`,
      permission: 'tickets.write',
      approval: { role: 'none' },
      needsAuthority: false,
      destructive: false,
      expects: [],
      enabled: true,
      ...declared,
    })
}

/** Who has what at the product. Halden gets fewer seats than it pays for, and Zoe none of what she pays for. */
async function tellAccounts({ outside }: Stage): Promise<void> {
  for (const [key, { name, domain, billingEmail, plan, seats: paid }] of Object.entries(workspaces))
    await outside.openProductAccount({
      key: `ws_${key}`,
      kind: 'workspace',
      name,
      email: billingEmail,
      domain,
      plan: plans[plan].product,
      seats: key === 'halden' ? paid - 3 : paid,
      seatsUsed: Math.round(paid * 0.8),
      quota: { limit: paid * 500, used: paid * 212 },
    })
  for (const [at, { who, plan }] of subscribers.filter(({ left }) => !left).entries())
    await outside.openProductAccount({
      key: `usr_${1000 + at}`,
      kind: 'contact',
      name: people[who].name,
      email: people[who].email,
      plan: plans[plan].product,
      seats: 1,
      seatsUsed: 1,
      access: who === 'zoe' ? 'revoked' : 'granted',
      quota: { limit: plan === 'pro_month' ? 3000 : 600, used: (at * 137) % 600 },
    })
}

/** Free accounts come as a file, as they would from a spreadsheet. */
async function importStudents({ desk, day }: Stage): Promise<void> {
  const rows = [people.lucas, people.omar, people.beta].map(
    ({ name, email: address }, at) =>
      `stu_${at + 1},contact,"${name}",${address},granted,Lumenary Student,1,1,100,${at * 31}`,
  )
  await desk('ada').send('POST', '/entitlements/imports', {
    name: 'students.csv',
    csv: ['key,kind,name,email,access,plan,seats,seats_used,limit:questions,used:questions', ...rows].join('\n'),
    asOf: day.yesterday('09:00').toString(),
  })
}
