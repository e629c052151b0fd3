/**
 * The part of JSON Schema (2020-12) that the oracle speaks. Every keyword is standard but `resources`: it names the API objects, by
 * their names in the oracle, of which a value that is an object must be one. They refer to each other in circles, and a name lets each
 * be compiled when it is first met.
 */
export type JsonSchema = {
  type?: string | string[]
  const?: string | number | boolean
  enum?: (string | number | null)[]
  pattern?: string
  maxLength?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: false | JsonSchema
  items?: JsonSchema
  anyOf?: JsonSchema[]
  resources?: string[]
}

/** What one endpoint of Stripe takes and gives back. A name stands for that object, a list's pages are of the objects named. */
export type DeclaredEndpoint = { params: JsonSchema; answer: JsonSchema }

/** What is kept of one file of declarations. */
export type OracleDocument = {
  objects: Record<string, JsonSchema>
  endpoints: Record<string, DeclaredEndpoint>
  /** Types of events, each with the schema of its `data.object`. */
  events?: Record<string, JsonSchema>
}
