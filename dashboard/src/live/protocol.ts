import type { IHubProtocol } from '@microsoft/signalr'

/** How the hub is spoken to: in MessagePack where the server offers it and nothing speaks against it, else in JSON, which every server speaks. */
export interface Speech {
  /** What a connection is to be built with; null for JSON. */
  choose: (offered: readonly string[]) => Promise<IHubProtocol | null>
  /** A connection could not be begun: whether it was for the protocol, which then is not tried again. */
  failed: (error: unknown) => void
}

/** A server of another version behind the same address: it knows another protocol than the one that answered before. */
const REFUSED = /handshake error/i

export function speech(load: () => Promise<() => IHubProtocol> = packed): Speech {
  let distrusted = false
  return {
    async choose(offered) {
      if (distrusted || !offered.includes('messagepack')) return null
      try {
        const protocol = (await load())()
        return watched(protocol, () => (distrusted = true))
      } catch {
        // The file is of a version that the server no longer has; JSON needs none.
        distrusted = true
        return null
      }
    },
    failed(error) {
      if (error instanceof Error && REFUSED.test(error.message)) distrusted = true
    },
  }
}

/** Not part of what every page loads: a server without it is never asked for it. */
async function packed(): Promise<() => IHubProtocol> {
  const { MessagePackHubProtocol } = await import('@microsoft/signalr-protocol-msgpack')
  return () => new MessagePackHubProtocol()
}

/** What cannot be read ends the connection; the next one must not meet it again. */
function watched(protocol: IHubProtocol, unreadable: () => void): IHubProtocol {
  return {
    name: protocol.name,
    version: protocol.version,
    transferFormat: protocol.transferFormat,
    writeMessage: (message) => protocol.writeMessage(message),
    parseMessages(input, logger) {
      try {
        return protocol.parseMessages(input, logger)
      } catch (error) {
        unreadable()
        throw error
      }
    },
  }
}
