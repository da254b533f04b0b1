// mailauth.cjs MAILBOX ZONE: checks SPF, DKIM, ARC and DMARC of each message of a mailbox by mailauth,
// which stands in the folder that MAILAUTH names, with the DNS of a master file. Prints the number of
// messages and of those whose signature passes.

const fs = require('fs');
const path = require('path');
const { authenticate } = require(path.join(process.env.MAILAUTH, 'node_modules', 'mailauth'));

const zone = new Map();
for (const line of fs.readFileSync(process.argv[3], 'utf8').split('\n')) {
  const found = line.match(/^(\S+)\. (?:3600 IN )?(TXT|A|MX|PTR)\s+(.*)$/);
  if (!found) continue;
  const [, name, type, data] = found;
  const value = {
    TXT: () => [...data.matchAll(/"([^"]*)"/g)].map((part) => part[1]),
    A: () => data,
    PTR: () => data.replace(/\.$/, ''),
    MX: () => ({ priority: Number(data.split(' ')[0]), exchange: data.split(' ')[1].replace(/\.$/, '') })
  }[type]();
  const key = name + ' ' + type;
  zone.set(key, [...(zone.get(key) || []), value]);
}

async function resolver(name, type) {
  const answer = zone.get(name.toLowerCase() + ' ' + type);
  if (answer) return answer;
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
}

async function main() {
  const messages = fs.readFileSync(process.argv[2], 'latin1').split(/^From .*\n/m).slice(1);
  let passed = 0;
  for (const text of messages) {
    const domain = text.match(/^Return-Path: <ada@(.*)>/m)[1];
    const ip = text.match(/^Received: from \S+ \(\S+ \[([0-9.]+)\]/m)[1];
    const raw = Buffer.from(text.slice(0, -1).replace(/\n/g, '\r\n'), 'latin1');
    const { dkim } = await authenticate(raw, {
      ip, helo: 'out.' + domain, sender: 'ada@' + domain, mta: 'mx1.fjordmail.example', resolver
    });
    passed += dkim.results.some((one) => one.status.result === 'pass') ? 1 : 0;
  }
  console.log(messages.length, passed);
}

main();
