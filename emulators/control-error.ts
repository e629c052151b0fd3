import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'

/** A control request that cannot be done; the sentence is for whoever sent it. */
export class ControlError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Answers every failed control request with `{ error: { code, message } }`; wrong input is a 400 that names the field. */
export function answerError(error: FastifyError | Error, _request: FastifyRequest, reply: FastifyReply): unknown {
  if (error instanceof ControlError)
    return reply.code(error.status).send({ error: { code: error.code, message: error.message } })
  if (error instanceof z.ZodError) {
    const message = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
    return reply.code(400).send({ error: { code: 'invalid', message } })
  }
  const status = 'statusCode' in error && error.statusCode ? error.statusCode : 500
  return reply.code(status).send({ error: { code: status < 500 ? 'invalid' : 'internal', message: error.message } })
}
