import {
  type Icon,
  IconAlertTriangle,
  IconArrowMerge,
  IconCopy,
  IconMailOff,
  IconMailPlus,
  IconNote,
  IconRobot,
} from '@tabler/icons-react'
import type { Disposition } from '#contract/custody.ts'
import type { Tone } from '../tokens.ts'

export const dispositionLook: Record<Disposition, { tone: Tone; icon: Icon }> = {
  parked: { tone: 'danger', icon: IconAlertTriangle },
  ticketed: { tone: 'done', icon: IconMailPlus },
  appended: { tone: 'done', icon: IconArrowMerge },
  noted: { tone: 'neutral', icon: IconNote },
  suppressed: { tone: 'neutral', icon: IconRobot },
  duplicate: { tone: 'neutral', icon: IconCopy },
  rejected: { tone: 'warn', icon: IconMailOff },
}
