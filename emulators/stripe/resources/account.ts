import { account as theAccount } from '../engine/account.ts'
import { endpoint } from '../http/endpoint.ts'

export const account = [endpoint('GET', '/v1/account', {}, (ctx) => theAccount(ctx))]
