import type { AgentKey } from './company.ts'
import { people, type PersonKey } from './people.ts'
import { customerAnswers, customerRates, customerWrites, type Letter } from './play/customer.ts'
import { agentChanges, agentNotes, agentReplies, agentSetsRole, type AccountRole, type Change } from './play/agent.ts'
import { credits, decides, ends, type CreditWish, type EndWish } from './play/operations.ts'
import { looksAtBilling } from './play/billing.ts'
import { refunds, type RefundWish } from './play/refunds.ts'
import type { Stage, Step } from './stage.ts'

export type Scene = ReturnType<typeof scene>
type When = Temporal.Instant

/** One ticket's story, told step by step; its first letter opens the ticket. */
export function scene(key: string, label: string) {
  const steps: Step[] = []
  const add = (at: When, what: string, run: (stage: Stage) => Promise<void>) => {
    const id = `${key}.${steps.length + 1}`
    steps.push({ id, at, strand: key, label: `${label}: ${what}`, run })
    return told
  }
  const nameOf = (who: PersonKey) => people[who].name
  const told = {
    steps,
    writes: (at: When, who: PersonKey, letter: Letter) =>
      add(at, `${nameOf(who)} writes`, (stage) => customerWrites(stage, key, people[who], letter)),
    answers: (at: When, who: PersonKey, text: string, headers?: Record<string, string>) =>
      add(at, `${nameOf(who)} answers`, (stage) => customerAnswers(stage, key, people[who], text, headers)),
    rates: (at: When, who: PersonKey, score: number, comment?: string) =>
      add(at, `${nameOf(who)} rates`, (stage) => customerRates(stage, people[who], score, comment)),
    reply: (at: When, by: AgentKey, text: string, status?: 'open' | 'pending' | 'solved') =>
      add(at, 'we answer', (stage) => agentReplies(stage, key, by, text, status)),
    note: (at: When, by: AgentKey, text: string) => add(at, 'a note', (stage) => agentNotes(stage, key, by, text)),
    change: (at: When, by: AgentKey, change: Change) =>
      add(at, 'we sort it', (stage) => agentChanges(stage, key, by, change)),
    role: (at: When, by: AgentKey, role: AccountRole) =>
      add(at, 'who may decide', (stage) => agentSetsRole(stage, key, by, role)),
    billing: (at: When, by: AgentKey) => add(at, 'we look at the billing', (stage) => looksAtBilling(stage, key, by)),
    refund: (at: When, by: AgentKey, wish: RefundWish) => add(at, 'a refund', (stage) => refunds(stage, key, by, wish)),
    approve: (at: When, by: AgentKey, reason: string) =>
      add(at, 'an approval', (stage) => decides(stage, key, by, 'approve', reason)),
    reject: (at: When, by: AgentKey, reason: string) =>
      add(at, 'a refusal', (stage) => decides(stage, key, by, 'reject', reason)),
    credit: (at: When, by: AgentKey, wish: CreditWish) => add(at, 'a credit', (stage) => credits(stage, key, by, wish)),
    end: (at: When, by: AgentKey, wish: EndWish) => add(at, 'a cancellation', (stage) => ends(stage, key, by, wish)),
    outside: (at: When, what: string, run: (stage: Stage) => Promise<unknown>) =>
      add(at, what, async (stage) => {
        await run(stage)
      }),
  }
  return told
}
