import { signInMessages } from '../en/sign-in.ts'
import { addMessages } from '../translate.ts'

addMessages(signInMessages)
