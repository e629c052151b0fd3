import { accessMessages } from './en/access.ts'
import { billingEventMessages } from './en/billing-events.ts'
import { composerMessages } from './en/composer.ts'
import { conversationMessages } from './en/conversation.ts'
import { errorMessages } from './en/errors.ts'
import { frameMessages } from './en/frame.ts'
import { inboxMessages } from './en/inbox.ts'
import { uiMessages } from './en/ui.ts'

/** What is on the screen from the first moment: the frame and the inbox. The other rooms bring their own texts. */
export const coreMessages = {
  ...uiMessages,
  ...errorMessages,
  ...frameMessages,
  ...accessMessages,
  ...inboxMessages,
  ...conversationMessages,
  ...composerMessages,
  ...billingEventMessages,
} as const
