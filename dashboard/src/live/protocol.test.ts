import { readFileSync } from 'node:fs'
import { NullLogger } from '@microsoft/signalr'
import type { HubMessage, IHubProtocol } from '@microsoft/signalr'
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack'
import { describe, expect, it } from 'vitest'
import { speech } from './protocol'

const OFFERED = ['json', 'messagepack']
const packed = () => Promise.resolve(() => new MessagePackHubProtocol())
const refusal = new Error("Server returned handshake error: The protocol 'messagepack' is not supported.")
const ascii = (text: string) => [...new TextEncoder().encode(text)]
const bytes = (...values: number[]) => new Uint8Array(values).buffer
const parse = (protocol: IHubProtocol | null, data: ArrayBuffer) => protocol?.parseMessages(data, NullLogger.instance)

describe('the hub is spoken to', () => {
  it('in MessagePack where the server offers it', async () => {
    const protocol = await speech(packed).choose(OFFERED)
    expect(protocol).toMatchObject({ name: 'messagepack', version: 2 })
    expect(parse(protocol, bytes(2, 0x91, 6))).toEqual([{ type: 6 }])
  })
  it('in JSON where it is not offered, and nothing is loaded for it', async () => {
    const spoken = speech(() => Promise.reject(new Error('loaded')))
    expect(await spoken.choose(['json'])).toBeNull()
    expect(await spoken.choose([])).toBeNull()
  })
  it('in JSON when the code for MessagePack cannot be loaded, which is not tried again', async () => {
    let loads = 0
    const spoken = speech(() => {
      loads++
      return Promise.reject(new Error('Failed to fetch dynamically imported module'))
    })
    expect(await spoken.choose(OFFERED)).toBeNull()
    expect(await spoken.choose(OFFERED)).toBeNull()
    expect(loads).toBe(1)
  })
  it('in JSON after the server has refused the protocol', async () => {
    const spoken = speech(packed)
    await spoken.choose(OFFERED)
    spoken.failed(refusal)
    expect(await spoken.choose(OFFERED)).toBeNull()
  })
  it('in MessagePack still after the network has failed', async () => {
    const spoken = speech(packed)
    spoken.failed(new Error('WebSocket closed with status code: 1006 (no reason given).'))
    spoken.failed('nothing')
    expect(await spoken.choose(OFFERED)).not.toBeNull()
  })
  it('in JSON after a message that cannot be read, so that it is not met again', async () => {
    const spoken = speech(packed)
    const protocol = await spoken.choose(OFFERED)
    // A map with the key __proto__, which the decoder takes for an attack.
    expect(() => parse(protocol, bytes(12, 0x81, 0xa9, ...ascii('__proto__'), 1))).toThrow()
    expect(await spoken.choose(OFFERED)).toBeNull()
  })
})

// Written by the server's own code, which its tests see to (tests/Api.Tests/Packed).
describe('what the server writes', () => {
  const data = (name: string) => readFileSync(new URL(`../../../tests/Api.Tests/Packed/Data/${name}`, import.meta.url))
  const values = data('browser.jsonl').toString('utf8').trim().split('\n')

  it('is the same in a browser as the JSON it stands for', async () => {
    const payload = data('browser.msgpack')
    // An answer holds one value; five in a row are the arguments of one call.
    expect(values).toHaveLength(5)
    const head = [0x96, 1, 0x80, 0xc0, 0xa4, ...ascii('Feed'), 0x95]
    const body = [...head, ...payload, 0x90]
    const prefix = []
    for (let length = body.length; ; length >>= 7) {
      prefix.push((length & 0x7f) | (length > 0x7f ? 0x80 : 0))
      if (length <= 0x7f) break
    }
    const protocol = await speech(packed).choose(OFFERED)
    const [message] = parse(protocol, bytes(...prefix, ...body)) as (HubMessage & { arguments: unknown[] })[]
    expect(message?.arguments).toStrictEqual(values.map((line) => JSON.parse(line) as unknown))
  })
})
