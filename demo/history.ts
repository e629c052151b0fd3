import type { Account } from '#contract/customers.ts'
import type { Day } from './day.ts'
import { people, type Person } from './people.ts'
import type { Stage, Step } from './stage.ts'
import { subscribers, workspaces, type Subscriber, type Workspace } from './subscribers.ts'

/** When customers came and what they bought; what they pay from then on comes by itself as the clocks move. */
export function historySteps(day: Day): Step[] {
  const arrivals = subscribers.map((one): Step => {
    const { name } = people[one.who]
    return step(`history.${one.who}`, day.before(one.since), `${name} subscribes`, (stage, once) =>
      stage.shop.subscribe(once, buyer(people[one.who], one)),
    )
  })
  const companies = Object.entries(workspaces).map(([key, workspace]) =>
    step(
      `history.${key}`,
      day.before(workspace.since),
      `${workspace.name} buys ${workspace.seats} seats`,
      (stage, once) => openWorkspace(stage, once, workspace),
    ),
  )
  return [...arrivals, ...companies, ...lately(day)]
}

function step(
  id: string,
  at: Temporal.Instant,
  label: string,
  run: (stage: Stage, once: string) => Promise<void>,
): Step {
  return { id, at, strand: id, label, run: (stage) => run(stage, id) }
}

function buyer({ name, email }: Person, { card, plan, currency, trialDays, offer }: Omit<Subscriber, 'who' | 'since'>) {
  return {
    name,
    email,
    card,
    plan,
    currency,
    seats: 1,
    ...(trialDays ? { trialDays } : {}),
    ...(offer ? { offer } : {}),
  }
}

/** What happened shortly before yesterday and is asked about then. */
function lately(day: Day): Step[] {
  const noah = buyer(people.noah, { card: 'pm_card_visa', plan: 'plus_month', currency: 'usd' })
  return [
    // In the middle of a month: the rest of Plus comes back, the rest of Pro is charged at once.
    step('history.sam-pro', day.before('P8D'), 'Sam Whitfield moves to Pro', ({ shop }, once) =>
      shop.move(once, people.sam.email, { plan: 'pro_month', billed: 'now' }),
    ),
    step('history.amelia-card', day.before('P3D'), 'Amelia Stone changes her card', ({ shop }, once) =>
      shop.newCard(once, people.amelia.email, 'pm_card_chargeCustomerFail'),
    ),
    step('history.noah-1', day.yesterday('07:20'), 'Noah Bennett subscribes', ({ shop }, once) =>
      shop.subscribe(once, noah),
    ),
    step('history.noah-2', day.yesterday('07:22'), 'Noah Bennett subscribes again', ({ shop }, once) =>
      shop.subscribe(once, noah),
    ),
  ]
}

/** A company on both sides: an account with its domain here, a billing customer that names it there. */
async function openWorkspace(stage: Stage, once: string, workspace: Workspace): Promise<void> {
  const mia = stage.desk('mia')
  const { items } = await mia.get<{ items: Account[] }>(`/accounts?q=${encodeURIComponent(workspace.name)}`)
  const account =
    items.find(({ name }) => name === workspace.name) ??
    (await mia.send<Account>('POST', '/accounts', {
      name: workspace.name,
      segment: 'enterprise',
      domains: [workspace.domain],
    }))
  await stage.shop.subscribe(once, {
    name: workspace.name,
    email: workspace.billingEmail,
    card: workspace.card,
    plan: workspace.plan,
    currency: workspace.currency,
    seats: workspace.seats,
    metadata: { mainstay_owner: account.id },
  })
}
