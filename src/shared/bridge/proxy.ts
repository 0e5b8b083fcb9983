import { z } from 'zod'
import { manualProxySchema, proxyPasswordSchema, proxySchema } from '../proxy.ts'
import { none, type MethodMap } from './contract.ts'

/* The proxy of this machine. It is a setting, but it is changed here, because a password belongs to it that never comes back to the page. */

/** `memory`: the system has no key store, so the password is forgotten when the app quits. */
export const proxyPasswordStateSchema = z.enum(['none', 'stored', 'memory'])
export type ProxyPasswordState = z.infer<typeof proxyPasswordStateSchema>

/** `silent`: nothing answers there. `denied`: user or password is missing or wrong. `refused`: it answers, but lets nothing through. */
export const proxyVerdictSchema = z.enum(['works', 'silent', 'denied', 'refused'])
export type ProxyVerdict = z.infer<typeof proxyVerdictSchema>

/** Absent: the stored one stays, if it is for the same proxy and user. */
const password = proxyPasswordSchema.nullable().exactOptional()

export const proxyMethods = {
  'proxy.password': { args: none, result: proxyPasswordStateSchema },
  /** Resolves when nothing goes the old way any more. */
  'proxy.set': { args: z.strictObject({ proxy: proxySchema, password }), result: proxyPasswordStateSchema },
  /** Tests a proxy, or null: the one of the settings. Tests of other modes count as passed. */
  'proxy.test': {
    args: z.strictObject({ proxy: manualProxySchema, password }).nullable(),
    result: proxyVerdictSchema,
  },
} as const satisfies MethodMap
