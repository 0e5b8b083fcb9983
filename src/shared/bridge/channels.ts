/* The names that the preload needs. This file imports no schemas, so that the preload's bundle contains none. */

export const CALL_CHANNEL = 'perch:call'
export const EVENT_CHANNEL = 'perch:event'
/** The preload exposes the bridge as this property of `window`. */
export const BRIDGE_KEY = 'perch'
