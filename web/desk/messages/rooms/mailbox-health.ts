import { mailboxHealthMessages } from '../en/mailbox-health.ts'
import { addMessages } from '../translate.ts'

addMessages(mailboxHealthMessages)
