import { expect, test } from 'vitest'
import { manifest } from './emulators.ts'
import { zipOne } from './zip.ts'

test('zipOne writes a readable zip archive', () => {
  const content = Buffer.from('Manifest-Version: 1.0\r\n')
  const zip = zipOne('META-INF/MANIFEST.MF', content)
  const end = zip.length - 22
  expect(zip.readUInt32LE(end)).toBe(0x06054b50)
  expect(zip.readUInt16LE(end + 10)).toBe(1)
  const directory = zip.readUInt32LE(end + 16)
  expect(directory + zip.readUInt32LE(end + 12)).toBe(end)
  expect(zip.readUInt32LE(directory)).toBe(0x02014b50)
  const [method, size, nameLength, local] = [
    zip.readUInt16LE(directory + 10),
    zip.readUInt32LE(directory + 20),
    zip.readUInt16LE(directory + 28),
    zip.readUInt32LE(directory + 42),
  ]
  expect(method).toBe(0)
  expect(zip.subarray(directory + 46, directory + 46 + nameLength).toString()).toBe('META-INF/MANIFEST.MF')
  const data = local + 30 + zip.readUInt16LE(local + 26)
  expect(zip.subarray(data, data + size)).toEqual(content)
})

test('manifest folds long lines without changing their content', () => {
  const path = `/a/${'very-long/'.repeat(20)}emulator.jar`
  const text = manifest('com.example.Main', [path, '/b/classes/'])
  const lines = text.split('\r\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72)
  expect(lines.at(-1)).toBe('')
  expect(text.replaceAll('\r\n ', '')).toContain(`Class-Path: file://${path} file:///b/classes/\r\n`)
})
