/* The names that the preload needs. They are not part of the contract, so that its schemas stay out of the preload's bundle. */

export const CALL_CHANNEL = 'perch:call'
export const EVENT_CHANNEL = 'perch:event'
/** The preload exposes the bridge as this property of `window`. */
export const BRIDGE_KEY = 'perch'
