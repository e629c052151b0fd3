import helmet from '@fastify/helmet'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify'
import type { Logger } from '../log.ts'
import { answerFor } from './errors.ts'
import { rememberRoutes } from './not-served.ts'

/** The HTTP server without its routes: one error shape, a strict content policy, no surprises in logs. */
export async function createApp(log: Logger, publicUrl: string): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
    // Addresses the router itself refuses, in the API's own shape.
    frameworkErrors: (error, _request, reply) => {
      const { status, body } = answerFor(error)
      const plain: FastifyReply = reply
      void plain.code(status).send(body)
    },
  })
  rememberRoutes(app)
  // Every body here is JSON unless a route says otherwise.
  app.removeContentTypeParser('text/plain')
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Mantine and the editor write style attributes; scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:', 'http:'],
        fontSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: publicUrl.startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  app.setErrorHandler((error, request, reply) => {
    const answer = answerFor(error)
    if (answer.unexpected) log.error({ error, method: request.method, url: request.url }, 'a request failed')
    return reply.code(answer.status).send(answer.body)
  })
  return app
}
