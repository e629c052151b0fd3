import { mailboxFeedMessages } from '../en/mailbox-feed.ts'
import { mailboxHealthMessages } from '../en/mailbox-health.ts'
import { addMessages } from '../translate.ts'

addMessages(mailboxFeedMessages, mailboxHealthMessages)
