// Bare connections: a protocol that answers "echo:" and what it was told, and the dialler of one.
const MOST = 1 << 20;

export async function echo(connection, encode) {
  for (;;) {
    const bi = await connection.acceptBi();
    const told = Buffer.from(await bi.recv.readToEnd(MOST));
    await bi.send.writeAll(encode(Buffer.concat([Buffer.from('echo:'), told])));
    await bi.send.finish();
  }
}

// The protocol as the packages of 0.28 and 0.35 want it.
export const echoes = () => ({
  accept: async (error, connecting) => {
    const connection = connecting.connect ? await connecting.connect() : connecting;
    await echo(connection, b => b).catch(() => {});
  },
  shutdown: () => {},
});

export async function say(connection, encode, text) {
  const bi = await connection.openBi();
  await bi.send.writeAll(encode(Buffer.from(text)));
  await bi.send.finish();
  return Buffer.from(await bi.recv.readToEnd(MOST)).toString();
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
function base32(data) {
  let bits = '';
  for (const b of data) bits += b.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map(five => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

// A connection that nobody refers to any more may be closed at any time.
const dialled = [];

// {peer: hex id, address, alpn, text}: what the echo answers.
export async function dialEcho(iroh, version, node, a) {
  if (version.startsWith('1.')) return node.dial(a);
  const nodeId = version === '0.28.1' ? base32(Buffer.from(a.peer, 'hex')) : a.peer;
  const connection = await node.node.endpoint().connect({ nodeId, addresses: [a.address] }, Buffer.from(a.alpn));
  dialled.push(connection);
  return say(connection, b => b, a.text);
}
