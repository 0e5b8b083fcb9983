import type { Backend } from '#shared/backend.ts'

export interface McsHost {
  host: string
  port: number
  /** The same server, for proxies that let only the port of https through. */
  proxyPort: number
  /** The name in the server's certificate. */
  servername: string
  /** The only certificate to trust, in PEM. Absent: the certificate authorities that Node knows. */
  ca?: string
}

/** Where Google's push services are. URLs have no slash at the end. */
export interface PushHosts {
  checkIn: string
  register: string
  installations: string
  registrations: string
  mcs: McsHost
}

/** The services of the local backend, or Google's; null: the local backend was started without push. */
export function pushHosts({ firebase, emulator }: Backend): PushHosts | null {
  const project = encodeURIComponent(firebase.projectId)
  if (emulator === null)
    return {
      checkIn: 'https://android.clients.google.com/checkin',
      register: 'https://android.clients.google.com/c2dm/register3',
      installations: `https://firebaseinstallations.googleapis.com/v1/projects/${project}/installations`,
      registrations: `https://fcmregistrations.googleapis.com/v1/projects/${project}/registrations`,
      mcs: { host: 'mtalk.google.com', port: 5228, proxyPort: 443, servername: 'mtalk.google.com' },
    }
  if (emulator.push === undefined) return null
  const base = `http://${emulator.host}:${emulator.push.fcmPort}`
  return {
    checkIn: `${base}/checkin`,
    register: `${base}/c2dm/register3`,
    installations: `${base}/v1/projects/${project}/installations`,
    registrations: `${base}/v1/projects/${project}/registrations`,
    // The certificate names localhost, because the SNI of TLS cannot be an address.
    mcs: {
      host: emulator.host,
      port: emulator.push.mcsPort,
      proxyPort: emulator.push.mcsPort,
      servername: 'localhost',
      ca: emulator.push.ca,
    },
  }
}
