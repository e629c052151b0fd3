/** The company that is shown: Lumenary answers questions from its customers' own documents. */
export const company = {
  name: 'Lumenary',
  signature: 'Lumenary Support\nAnswers with their sources · open every day from 8 to 20',
  enterpriseSignature: 'Lumenary Enterprise Support\nYour workspace team, every day from 8 to 20',
  acknowledgement:
    'Hello,\n\nthank you for writing to Lumenary. Your message has arrived and a person will answer it today between 8 and 20.\n\nYou can simply reply to this mail to add something.',
  /** From the question to the first answer, counted while the desk is open. */
  firstReplySeconds: 4 * 3600,
}

export type AgentKey = 'mia' | 'ken' | 'fina' | 'ada' | 'vic'
export type DemoAgent = { key: AgentKey; name: string; email: string; roles: DemoRole[] }
type DemoRole = 'viewer' | 'agent' | 'lead' | 'finance' | 'admin'

export const demoAgents: readonly DemoAgent[] = [
  { key: 'mia', name: 'Mia Okonkwo', email: 'mia@lumenary.example', roles: ['lead'] },
  { key: 'ken', name: 'Ken Watanabe', email: 'ken@lumenary.example', roles: ['agent'] },
  { key: 'fina', name: 'Fina Rossi', email: 'fina@lumenary.example', roles: ['finance'] },
  { key: 'ada', name: 'Ada Bergström', email: 'ada@lumenary.example', roles: ['admin'] },
  { key: 'vic', name: 'Vic Laurent', email: 'vic@lumenary.example', roles: ['viewer'] },
]

export type PlanKey = 'plus_month' | 'plus_year' | 'pro_month' | 'workspace_month' | 'workspace_year'

type Plan = {
  product: string
  interval: 'month' | 'year'
  /** Minor units by currency; for workspaces, of one seat. */
  amounts: Partial<Record<Currency, number>>
}
export type Currency = 'usd' | 'eur' | 'jpy'

export const plans: Record<PlanKey, Plan> = {
  plus_month: { product: 'Lumenary Plus', interval: 'month', amounts: { usd: 2000, eur: 1800, jpy: 2800 } },
  plus_year: { product: 'Lumenary Plus', interval: 'year', amounts: { usd: 20_000, eur: 18_000, jpy: 28_000 } },
  pro_month: { product: 'Lumenary Pro', interval: 'month', amounts: { usd: 4900, eur: 4500, jpy: 6900 } },
  workspace_month: { product: 'Lumenary Workspace', interval: 'month', amounts: { usd: 2800, eur: 2600 } },
  workspace_year: { product: 'Lumenary Workspace', interval: 'year', amounts: { usd: 30_000, eur: 27_600 } },
}
