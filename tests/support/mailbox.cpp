#include "support/mailbox.hpp"

#include <array>
#include <random>

namespace emltrace::test {
namespace {

using Random = std::minstd_rand;

unsigned below(Random& random, unsigned limit) {
  return static_cast<unsigned>(random() % limit);
}

constexpr std::string_view kPatch = "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 ";
constexpr std::string_view kDate = "Tue Nov 10 10:00:05 2026";

std::string separator(Dialect dialect, std::size_t index) {
  const std::string n = std::to_string(index);
  switch (dialect) {
    case Dialect::dash:
      return "From - " + std::string(kDate);
    case Dialect::mozilla:
      return index < 3 ? "From - " + std::string(kDate) : "From ";
    case Dialect::bare:
      return "From ";
    case Dialect::undated:
      return index % 4 == 3 ? "From MAILER-DAEMON" : "From jo" + n + "@a.example";
    case Dialect::takeout:
      return "From 15857263" + n + "@xxx Tue Nov 10 10:00:05 +0000 2026";
    case Dialect::pipermail:
      return "From jo" + n + " at a.example  " + std::string(kDate);
    case Dialect::git:
      return "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001";
    case Dialect::mmdf:
      return index % 2 == 0 ? "" : "From jo@a.example " + std::string(kDate);
    default:
      return index % 5 == 4 ? "From MAILER-DAEMON " + std::string(kDate)
                            : "From jo" + n + "@a.example  " + std::string(kDate);
  }
}

// The rest leave them as they are: what they hold is of another shape than their separators.
bool escapes(Dialect dialect, std::size_t marks) {
  switch (dialect) {
    case Dialect::mboxrd:
    case Dialect::joined:
      return true;
    case Dialect::mboxo:
    case Dialect::mboxcl:
    case Dialect::pipermail:
      return marks == 0;
    default:
      return false;
  }
}

std::string escaped(std::string_view body, Dialect dialect) {
  std::string out;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n') + 1);
    const std::string_view taken = line.empty() ? body : line;
    const std::size_t marks = taken.find_first_not_of('>');
    const bool from = marks != std::string_view::npos && taken.substr(marks).starts_with("From ");
    if (from && escapes(dialect, marks)) out += '>';
    out += taken;
    body.remove_prefix(taken.size());
  }
  return out;
}

// Behind the empty line, or the end.
std::size_t body_of(std::string_view message) {
  const std::size_t lf = message.find("\n\n");
  const std::size_t crlf = message.find("\n\r\n");
  if (lf == std::string_view::npos && crlf == std::string_view::npos) return message.size();
  return lf < crlf ? lf + 2 : crlf + 3;
}

std::string line_end_of(std::string_view message) {
  const std::size_t end = message.find('\n');
  return end != std::string_view::npos && end > 0 && message[end - 1] == '\r' ? "\r\n" : "\n";
}

// What looks like the start of a message and is text.
constexpr std::array kTricks = std::to_array<std::string_view>({
    "\nFrom here on it is only text\n",
    "\nFrom the desk of A. Author:\nNote: well\n",
    "\nFrom Tuesday on: nothing\nSubject: none\n",
    "one\nFrom \ntwo\n",
    "\nFrom 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: Dev "
    "<dev@a.example>\nDate: Mon, 9 Nov 2026 10:00:00 +0000\nSubject: [PATCH] fix\n\n---\n a.c | 2 "
    "+-\n\n",
    "text\nFrom jo@a.example Tue Nov 10 10:00:05 2026\nReturn-Path: <jo@a.example>\n\nmore\n",
    ">From one mark\n>>From two marks\n\n",
    "\n--=_x\nContent-Type: application/mbox\n\nFrom jo@a.example Tue Nov 10 10:00:05 2026\n"
    "Return-Path: <jo@a.example>\nFrom: jo@a.example\nDate: Tue, 10 Nov 2026 10:00:00 +0000\n\n"
    "one\n\nFrom jo@a.example Tue Nov 10 10:00:05 2026\nFrom: jo@a.example\nDate: Tue, 10 Nov 2026 "
    "10:00:00 +0000\n\ntwo\n\n--=_x--\n",
});

std::string with_line_ends(const std::string& text, unsigned way, Random& random) {
  if (way == 0) return text;
  std::string out;
  for (const char c : text) {
    if (c == '\n' && (way == 1 || below(random, 2) == 0)) out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

std::string_view to_string(Dialect dialect) {
  constexpr std::array kNames = std::to_array<std::string_view>(
      {"mboxo", "mboxrd", "mboxcl", "mboxcl2", "dash", "mozilla", "bare", "undated", "takeout",
       "pipermail", "git", "joined", "mmdf"});
  return kNames[static_cast<std::size_t>(dialect)];
}

std::string stored(std::string_view message, Dialect dialect, std::size_t index) {
  const std::string end = line_end_of(message);
  const std::string from = separator(dialect, index);
  std::string out = from.empty() ? "" : from + end;
  const std::size_t at = body_of(message);
  const std::string body = escaped(message.substr(at), dialect);
  if (dialect == Dialect::dash || dialect == Dialect::mozilla) {
    out += "X-Mozilla-Status: 0001" + end + "X-Mozilla-Status2: 00800000" + end;
  } else if (dialect == Dialect::bare || dialect == Dialect::undated) {
    out += "Return-Path: <jo@a.example>" + end;
  } else if (dialect == Dialect::mboxcl || dialect == Dialect::mboxcl2) {
    out += "Content-Length: " + std::to_string(body.size()) + end;
  }
  return out + std::string(message.substr(0, at)) + body;
}

std::string mailbox(const std::vector<std::string>& stored_messages, Dialect dialect) {
  constexpr std::string_view kMmdf = "\1\1\1\1\n";
  std::string file;
  for (const std::string& one : stored_messages) {
    const std::string end = line_end_of(one);
    if (dialect == Dialect::mmdf) file += kMmdf;
    file += one;
    if (dialect == Dialect::mmdf) {
      file += kMmdf;
    } else if (dialect != Dialect::joined) {
      file += end;
    }
  }
  return file;
}

std::string tricky_message(unsigned seed, Dialect dialect, bool cut) {
  Random random(seed * 7'919 + 3);
  std::string message =
      "Received: from a.example by b.example; Tue, 10 Nov 2026 10:00:05 +0000\nFrom: Jo "
      "<jo@a.example>\nDate: Tue, 10 Nov 2026 10:00:00 +0000\nSubject: number " +
      std::to_string(seed) + "\n";
  // Where no empty line parts the messages, one at the end of a message cannot be told from it.
  const bool ends_in_text = dialect == Dialect::joined;
  if (below(random, 10) == 0 && !cut && !ends_in_text)
    return with_line_ends(message, below(random, 3), random);
  message += "\n";
  for (unsigned i = below(random, 6); i > 0; --i) {
    const std::string_view trick = kTricks[below(random, kTricks.size())];
    // In a series of patches a patch is a message.
    if (dialect == Dialect::git && trick.find(kPatch) != std::string_view::npos) continue;
    message += trick;
    if (below(random, 2) == 0) message += "From 1999 on, at 10:15, it went well\n";
    if (below(random, 3) == 0) message += "\n";
  }
  if (ends_in_text) message += "The end\n";
  message = with_line_ends(message, below(random, 3), random);
  if (cut) message += "no line end";
  return message;
}

}  // namespace emltrace::test
