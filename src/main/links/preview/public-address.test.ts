import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'

const refused: Record<string, string[]> = {
  'this machine': ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
  'private networks': [
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    'fc00::1',
    'fd12::1',
  ],
  'the local link': ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1'],
  'networks of providers': ['100.64.0.1', '100.127.255.255'],
  'groups and broadcasts': ['224.0.0.1', '239.1.2.3', '255.255.255.255', 'ff02::1'],
  'reserved and test networks': [
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.9',
    '240.0.0.1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
  ],
  'addresses of IPv4 inside IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
  ],
  'what is no address': [
    '',
    'localhost',
    '127.1',
    '0x7f.1',
    '2130706433',
    '1.2.3.4.5',
    '8.8.8.8 ',
    '[::1]',
    '2606:4700::1%eth0',
  ],
}

const allowed = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '192.169.0.1',
  '198.17.0.1',
  '198.20.0.1',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001::1',
  '2001:4860:4860::8888',
]

describe('isPublicAddress', () => {
  it.each(Object.entries(refused))('refuses %s', (_, addresses) => {
    for (const address of addresses) expect(isPublicAddress(address), address).toBe(false)
  })

  it.each(allowed)('allows %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it('refuses whatever is in a private network, in each form that leads to it', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    const start = fc.constantFrom<number[]>(
      [10],
      [127],
      [0],
      [192, 168],
      [169, 254],
      [172, 16],
      [172, 31],
      [100, 64],
      [224],
      [255],
    )
    fc.assert(
      fc.property(start, byte, byte, byte, (first, ...rest) => {
        const bytes = [...first, ...rest].slice(0, 4)
        const dotted = bytes.join('.')
        const hex = bytes.map((part) => part.toString(16).padStart(2, '0'))
        const groups = `${hex.slice(0, 2).join('')}:${hex.slice(2).join('')}`
        for (const address of [
          dotted,
          `::ffff:${dotted}`,
          `::${dotted}`,
          `64:ff9b::${dotted}`,
          `2002:${groups}::1`,
        ])
          expect(isPublicAddress(address), address).toBe(false)
      }),
    )
  })

  it('allows an address of IPv6 only within 2000::/3', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.split(':', 1)[0] || '0', 16)
        if (isPublicAddress(address)) expect(first >> 13).toBe(1)
      }),
    )
  })
})
