import { correctMessages } from '../en/correct.ts'
import { addMessages } from '../translate.ts'

addMessages(correctMessages)
