// An endpoint of the 1.x package, which has no documents: it echoes, and dials.
import { echo, say } from './echo.mjs';

const list = data => Array.from(data);

export async function start(iroh, a) {
  const alpn = list(Buffer.from(a.alpn));
  const builder = iroh.Endpoint.builder();
  builder.applyMinimal();
  builder.relayMode(iroh.RelayMode.disabled());
  builder.bindAddr('127.0.0.1:0');
  builder.alpns([alpn]);
  const endpoint = await builder.bind();
  (async () => {
    for (let incoming = await endpoint.acceptNext(); incoming; incoming = await endpoint.acceptNext()) {
      (async () => echo(await (await incoming.accept()).connect(), list))().catch(() => {});
    }
  })();
  return {
    addr: { nodeId: Buffer.from(endpoint.id().toBytes()).toString('hex'), addresses: endpoint.boundSockets().filter(address => address.startsWith('127.')) },
    async dial({ peer, address, text }) {
      const id = iroh.EndpointId.fromBytes(list(Buffer.from(peer, 'hex')));
      return say(await endpoint.connect(new iroh.EndpointAddr(id, null, [address]), alpn), list, text);
    },
    node: { shutdown: async () => {} },
  };
}
