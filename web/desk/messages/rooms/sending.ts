import { sendingMessages } from '../en/sending.ts'
import { addMessages } from '../translate.ts'

addMessages(sendingMessages)
