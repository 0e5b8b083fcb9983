import { BlockList, isIP } from 'node:net'

/** Addresses of IPv4 that are no servers on the internet (IANA's registry of special addresses). */
const special = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(network, prefix, 'ipv4')

/** All public addresses of IPv6 are in here. Loopback, local, multicast, mapped and translated addresses (NAT64) are not. */
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

/** Parts of it that are special: they lead to addresses of IPv4 (Teredo, 6to4), or are for tests and documents. */
const specialGlobal = new BlockList()
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  specialGlobal.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address may be that of a server on the internet. False for anything that is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4')
    case 6:
      return !address.includes('%') && global.check(address, 'ipv6') && !specialGlobal.check(address, 'ipv6')
    default:
      return false
  }
}
