import {
  type Icon,
  IconAlertTriangle,
  IconArchive,
  IconCircle,
  IconCircleCheck,
  IconHourglass,
  IconStack2,
  IconUser,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { ViewId } from '#contract/inbox.ts'

export const viewIcons: Record<ViewId, Icon> = {
  next: IconStack2,
  mine: IconUser,
  unassigned: IconUserQuestion,
  open: IconCircle,
  pending: IconHourglass,
  attention: IconAlertTriangle,
  solved: IconCircleCheck,
  all: IconArchive,
}
