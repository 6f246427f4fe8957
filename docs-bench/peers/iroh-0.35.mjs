// A real 0.35 node, driven by the same lines of JSON as org.docs4j.bench.Agent; the module's README lists the commands.
// Usage: node iroh-0.35.mjs DIR, where DIR/node_modules holds the npm package @number0/iroh 0.35.0.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

process.noDeprecation = true;
const iroh = createRequire(process.argv[2] + '/')('@number0/iroh');
const bytes = text => Array.from(Buffer.from(text));
const now = () => Number(process.hrtime.bigint()) / 1e6; // CLOCK_MONOTONIC, which all processes of a machine share
const LENGTH = 5n;
const CONTENT_HASH = new iroh.Hash(bytes('hello')).toString();

let node, doc, author, track = false;
let waiting = [];
const seen = { inserts: 0, neighbors: 0, syncs: [], keys: new Map() };

function take(error, event) {
  if (error) return;
  const t = now();
  if (event.insertRemote) {
    seen.inserts++;
    if (track) seen.keys.set(Buffer.from(event.insertRemote.entry.key).toString(), t);
  } else if (event.neighborUp) seen.neighbors++;
  else if (event.syncFinished) seen.syncs.push({ t, ok: !event.syncFinished.result });
  waiting = waiting.filter(wait => !wait.check());
}

function until(condition, timeout) {
  if (condition()) return now();
  return new Promise(answer => {
    const timer = setTimeout(() => { waiting = waiting.filter(w => w !== wait); answer(null); }, timeout);
    const wait = { check: () => condition() && (clearTimeout(timer), answer(now()), true) };
    waiting.push(wait);
  });
}

// To join is the only way to import a document, and begins to sync with the ticket's nodes. So the ticket is rewritten:
// the same capability, and as its only node the one that joins, which it does not dial.
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
function decode(text) {
  let value = 0, bits = 0;
  const out = [];
  for (const letter of text) {
    value = ((value << 5) | LETTERS.indexOf(letter)) & 0xfff;
    if ((bits += 5) >= 8) out.push((value >> (bits -= 8)) & 255);
  }
  return Buffer.from(out);
}
function encode(buffer) {
  let value = 0, bits = 0, out = '';
  for (const byte of buffer) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; ) out += LETTERS[(value >> (bits -= 5)) & 31];
  }
  return bits ? out + LETTERS[(value << (5 - bits)) & 31] : out;
}
async function withoutNodes(ticket) {
  const raw = decode(ticket.slice('doc'.length));
  const capability = raw.subarray(0, raw[1] === 0 ? 3 + 32 : 2 + 32); // version, kind, and a secret with its length or a key
  const self = await node.net.nodeId();
  const id = self.length === 64 ? Buffer.from(self, 'hex') : decode(self);
  return 'doc' + encode(Buffer.concat([capability, Buffer.from([1]), id, Buffer.from([0, 0])]));
}

async function insert({ n, from = 0, prefix = 'k', conc = 64 }) {
  const begun = now();
  let next = from;
  const one = async () => {
    while (next < from + n) {
      await doc.setHash(author, bytes(prefix + String(next++).padStart(8, '0')), CONTENT_HASH, LENGTH);
    }
  };
  await Promise.all(Array.from({ length: conc }, one));
  const ms = now() - begun;
  return { n, ms, perSec: n / ms * 1000 };
}

const commands = {
  async start({ path }) {
    const begun = now();
    const options = { enableDocs: true, nodeDiscovery: 'None', ipv4Addr: '127.0.0.1:0', ipv6Addr: '[::1]:0' };
    node = path ? await iroh.Iroh.persistent(path, options) : await iroh.Iroh.memory(options);
    author = await node.authors.default();
    return { ms: now() - begun, nodeId: await node.net.nodeId() };
  },
  async create() { doc = await node.docs.create(); return doc.id(); },
  async import({ ticket, policy }) {
    doc = await node.docs.join(iroh.DocTicket.fromString(await withoutNodes(ticket)));
    if (policy === 'nothing') await doc.setDownloadPolicy(iroh.DownloadPolicy.nothing());
    return doc.id();
  },
  async share({ mode = 'Write' }) { return (await doc.share(mode, 'Addresses')).toString(); },
  async startSync({ ticket }) {
    const begun = now();
    await doc.startSync(iroh.DocTicket.fromString(ticket).nodes);
    return begun;
  },
  async leave() { await doc.leave(); },
  async subscribe(args) { track = !!args.track; await doc.subscribe(take); },
  insert,
  async set({ k, v }) { const t = now(); await doc.setBytes(author, bytes(k), bytes(v)); return { t, t2: now() }; },
  async count() { return (await doc.getMany(iroh.Query.all())).length; },
  async ev() { return { insertRemote: seen.inserts, syncs: seen.syncs, t: now() }; },
  async seen() { return Object.fromEntries(seen.keys); },
  async reset() { seen.inserts = seen.neighbors = 0; seen.syncs = []; seen.keys.clear(); },
  async waitInserts({ n, timeout }) { return until(() => seen.inserts >= n, timeout); },
  async waitNeighbor({ n, timeout }) { return until(() => seen.neighbors >= n, timeout); },
  async shutdown() { await node.node.shutdown(); },
};

const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
lines.on('line', async line => {
  const { id, cmd, a } = JSON.parse(line);
  let answer;
  try {
    answer = { id, r: (await commands[cmd](a ?? {})) ?? null };
  } catch (error) {
    answer = { id, err: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n', () => { if (cmd === 'shutdown') process.exit(0); });
});
