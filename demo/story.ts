import type { Day } from './day.ts'
import { historySteps } from './history.ts'
import { prepareStep } from './prepare.ts'
import { productSteps } from './product.ts'
import { mailCareScenes } from './scenes/mail-care.ts'
import { moneyScenes } from './scenes/money.ts'
import { oddMailScenes } from './scenes/odd-mail.ts'
import { productScenes } from './scenes/product.ts'
import { todayScenes } from './scenes/today.ts'
import { workspaceScenes } from './scenes/workspaces.ts'
import type { Step } from './stage.ts'
import { firstMonth } from './weeks/first-month.ts'
import { lives } from './weeks/lives.ts'
import { secondMonth } from './weeks/second-month.ts'
import { thirdMonth } from './weeks/third-month.ts'

/** Everything that happens, in the order of its time. The same day gives the same story. */
export function story(day: Day): Step[] {
  const scenes = [
    ...firstMonth(day),
    ...secondMonth(day),
    ...thirdMonth(day),
    ...moneyScenes(day),
    ...productScenes(day),
    ...workspaceScenes(day),
    ...oddMailScenes(day),
    ...mailCareScenes(day),
    ...todayScenes(day),
  ]
  const steps = [
    prepareStep(day),
    ...historySteps(day),
    ...lives(day),
    ...productSteps(day),
    ...scenes.flatMap((scene) => scene.steps),
  ]
  return steps.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}
