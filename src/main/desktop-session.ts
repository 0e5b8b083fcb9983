export type Environment = Readonly<Record<string, string | undefined>>

/** Whether a Linux desktop uses Wayland. */
export function isOnWayland(environment: Environment = process.env): boolean {
  return environment['XDG_SESSION_TYPE'] === 'wayland' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
}
