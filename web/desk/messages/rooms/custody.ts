import { custodyMessages } from '../en/custody.ts'
import { addMessages } from '../translate.ts'

addMessages(custodyMessages)
