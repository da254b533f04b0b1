#include "support/damage_paste.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "support/damage_text.hpp"

namespace emltrace::test {
namespace {

// A line on which a name and its colon stand plainly.
bool is_field(const std::string& line) {
  constexpr text::CharSet kName([](char c) { return text::is_alnum(c) || c == '-'; });
  const std::size_t end = std::min(kName.find_other(line), line.size());
  return end > 0 && end < line.size() && line[end] == ':' && text::is_alpha(line[0]);
}

std::string name_of(const std::string& line) {
  return is_field(line) ? line.substr(0, line.find(':')) : std::string();
}

bool is_named(const std::string& line, std::string_view name) {
  return text::iequals(name_of(line), name);
}

// --- What stands before each line ---------------------------------------------------------------

template <class Number>
std::string numbered(const std::string& message, Number number) {
  std::size_t count = 0;
  return each_line(message, [&](const std::string& line) { return number(++count, line); });
}

std::string grep_numbers(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return std::to_string(n) + ":" + line;
  });
}

std::string grep_file_numbers(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return "mail/case-7.eml:" + std::to_string(n) + ":" + line;
  });
}

std::string grep_file(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "inbox.eml:" + line; });
}

std::string cat_numbers(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return fmt::format("{:6}\t{}", n, line);
  });
}

// nl gives an empty line no number.
std::string nl_numbers(const std::string& message) {
  std::size_t count = 0;
  return each_line(message, [&](const std::string& line) {
    return line.empty() ? std::string(7, ' ') : fmt::format("{:6}\t{}", ++count, line);
  });
}

std::string less_numbers(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return fmt::format("{:7} {}", n, line);
  });
}

std::string editor_numbers(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return fmt::format("{:<4}{}", n, line);
  });
}

std::string bars(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "| " + line; });
}

std::string syslog(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return fmt::format("Nov 10 10:{:02}:{:02} gw1 mail-filter[4711]: {}", n / 60 % 60, n % 60,
                       line);
  });
}

std::string siem(const std::string& message) {
  return numbered(message, [](std::size_t n, const std::string& line) {
    return fmt::format("2026-11-10T10:00:05.{:03}Z mx-2 header: {}", n % 1000, line);
  });
}

std::string chat_lines(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "[10:32] Jo Miller: " + line; });
}

std::string chat_first_line(const std::string& message) {
  return "[10:32] Jo Miller: " + message;
}

// --- The text inside another --------------------------------------------------------------------

std::string table_cell(const std::string& message) {
  return "\"" + replaced(message, "\"", "\"\"") + "\"\n";
}

std::string table_row(const std::string& message) {
  return "id,header,verdict\n17,\"" + replaced(message, "\"", "\"\"") + "\",phish\n";
}

std::string escaped(const std::string& message, std::string_view line_end) {
  std::string out = replaced(message, "\\", "\\\\");
  out = replaced(out, "\"", "\\\"");
  out = replaced(out, "\t", "\\t");
  return replaced(out, "\n", line_end);
}

std::string escaped_lf(const std::string& message) {
  return escaped(message, "\\n");
}

// As Python shows bytes; a string of JSON is read by who reads JSON.
std::string escaped_string(const std::string& message) {
  return "b'" + replaced(escaped(message, "\\r\\n"), "'", "\\'") + "'\n";
}

std::string code_fence(const std::string& message) {
  return "Hi, here it is:\n\n```text\n" + message + "```\n\nthanks\n";
}

std::string tilde_fence(const std::string& message) {
  return "~~~\n" + message + "~~~\n";
}

std::string smtp_session(const std::string& message) {
  return "EHLO mail.sender.example\nMAIL FROM:<ann@sender.example>\nRCPT TO:<bob@recv.example>\n"
         "DATA\n" +
         replaced(message, "\n.", "\n..") + ".\nQUIT\n";
}

std::string smtp_log(const std::string& message) {
  const std::string stuffed = replaced(message, "\n.", "\n..");
  return "S: 220 mx.recv.example ESMTP\nC: EHLO mail.sender.example\nS: 250 mx.recv.example\n"
         "C: MAIL FROM:<ann@sender.example>\nS: 250 2.1.0 Ok\nC: RCPT TO:<bob@recv.example>\n"
         "S: 250 2.1.5 Ok\nC: DATA\nS: 354 End data with <CR><LF>.<CR><LF>\n" +
         each_line(stuffed, [](const std::string& line) { return "C: " + line; }) +
         "C: .\nS: 250 2.0.0 Ok: queued as 4E1A1\nC: QUIT\nS: 221 2.0.0 Bye\n";
}

std::string binary_head(const std::string& message) {
  return std::string("\0\0\0\1Outl\x7f\x02\0\0", 12) + message;
}

// --- Characters ---------------------------------------------------------------------------------

template <class Change>
std::string each_field_start(const std::string& message, Change change) {
  return each_header_line(message, [&](const std::string& line) {
    return is_field(line) ? change(name_of(line), line.substr(line.find(':') + 1)) : line;
  });
}

std::string zero_width(const std::string& message) {
  return each_field_start(message, [](const std::string& name, const std::string& rest) {
    return "\xE2\x80\x8B" + name + ":" + rest;
  });
}

std::string direction_marks(const std::string& message) {
  return each_header_line(message, [](const std::string& line) { return "\xE2\x80\x8E" + line; });
}

std::string full_width_colons(const std::string& message) {
  return each_field_start(message, [](const std::string& name, const std::string& rest) {
    return name + "\xEF\xBC\x9A" + trimmed(rest);
  });
}

std::string bold_names(const std::string& message) {
  return each_field_start(message, [](const std::string& name, const std::string& rest) {
    return "**" + name + ":**" + rest;
  });
}

std::string code_names(const std::string& message) {
  return each_field_start(message, [](const std::string& name, const std::string& rest) {
    return "`" + name + "`:" + rest;
  });
}

std::string zones(const std::string& message, std::string_view dash) {
  return each_header_line(message, [&](const std::string& line) {
    std::string out = line;
    const std::size_t sign = out.find(" -0");
    const bool zone = sign != std::string::npos && sign > 0 && text::is_digit(out[sign - 1]) &&
                      sign + 5 < out.size() && text::is_digit(out[sign + 5]);
    return zone ? out.replace(sign + 1, 1, dash) : out;
  });
}

std::string en_dash_zones(const std::string& message) {
  return zones(message, "\xE2\x80\x93");
}

std::string minus_sign_zones(const std::string& message) {
  return zones(message, "\xE2\x88\x92");
}

std::string no_break_hyphens(const std::string& message) {
  return each_field_start(message, [](const std::string& name, const std::string& rest) {
    return replaced(name, "-", "\xE2\x80\x91") + ":" + rest;
  });
}

std::string latin1_indents(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    return is_folded(line) ? "\xA0\xA0" + trimmed(line) : line;
  });
}

// --- Links and marks against links --------------------------------------------------------------

template <class Change>
std::string each_bracketed(const std::string& message, Change change) {
  return each_header_line(message, [&](const std::string& line) {
    const bool people = is_named(line, "From") || is_named(line, "To") || is_named(line, "Cc");
    const std::size_t open = line.find('<');
    const std::size_t close = line.find('>', open);
    if (!people || open == std::string::npos || close == std::string::npos) return line;
    return line.substr(0, open) + change(line.substr(open + 1, close - open - 1)) +
           line.substr(close + 1);
  });
}

std::string slack_links(const std::string& message) {
  return each_bracketed(message,
                        [](const std::string& a) { return "<mailto:" + a + "|" + a + ">"; });
}

std::string markdown_links(const std::string& message) {
  return each_bracketed(message,
                        [](const std::string& a) { return "<[" + a + "](mailto:" + a + ")>"; });
}

// The host behind `by ` and what is made of it.
template <class Change>
std::string each_receiver(const std::string& message, Change change) {
  return each_header_line(message, [&](const std::string& line) {
    const std::size_t by = line.find("by ");
    const bool starts = by != std::string::npos && (by == 0 || text::is_space(line[by - 1]));
    const std::size_t begin = by + 3;
    const std::size_t end = starts ? std::min(line.find(' ', begin), line.size()) : 0;
    const std::string host = starts ? line.substr(begin, end - begin) : "";
    const bool name = host.find('.') != std::string::npos &&
                      std::ranges::all_of(
                          host, [](char c) { return text::is_alnum(c) || c == '.' || c == '-'; }) &&
                      !host.ends_with('.') && !text::is_digit(host.back());
    return name ? line.substr(0, begin) + change(host) + line.substr(end) : line;
  });
}

std::string slack_hosts(const std::string& message) {
  return each_receiver(message,
                       [](const std::string& h) { return "<http://" + h + "|" + h + ">"; });
}

std::string outlook_hosts(const std::string& message) {
  return each_receiver(message, [](const std::string& h) { return h + "<http://" + h + "/>"; });
}

std::string defanged_hosts(const std::string& message) {
  return each_receiver(message, [](const std::string& h) { return replaced(h, ".", "[.]"); });
}

std::string defanged_addresses(const std::string& message) {
  return each_bracketed(message, [](const std::string& a) {
    return "<" + replaced(replaced(a, ".", "(dot)"), "@", "[at]") + ">";
  });
}

std::string defanged_literals(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    const std::size_t open = line.find('[');
    const std::size_t close = line.find(']', open);
    const std::string inside =
        close == std::string::npos ? "" : line.substr(open + 1, close - open - 1);
    const bool literal =
        std::ranges::count(inside, '.') == 3 &&
        std::ranges::all_of(inside, [](char c) { return text::is_digit(c) || c == '.'; });
    return literal ? line.substr(0, open + 1) + replaced(inside, ".", "[.]") + line.substr(close)
                   : line;
  });
}

// --- Lines --------------------------------------------------------------------------------------

std::string breaks_at_line_ends(const std::string& message) {
  const std::string html = replaced(replaced(message, "<", "&lt;"), ">", "&gt;");
  return each_header_line(html, [](const std::string& line) { return line + "<br>"; });
}

// Four empty lines before the author's fields, where the first group names neither.
std::string groups(const std::string& message) {
  std::string out;
  bool parted = false;
  const Halves halves = halve(message);
  for (const std::string& line : lines_of(halves.header)) {
    const bool author = is_named(line, "From") || is_named(line, "Date");
    if (author && !parted && !out.empty()) out += "\n\n\n\n";
    parted = parted || author;
    out += line + "\n";
  }
  return out + halves.rest;
}

std::string escaped_from(const std::string& message) {
  return each_header_line(
      message, [](const std::string& line) { return is_named(line, "From") ? ">" + line : line; });
}

// The line end behind the Message-ID is lost, where a known field follows.
std::string run_together(const std::string& message) {
  static constexpr std::array<std::string_view, 8> kKnown = {
      "MIME-Version", "Subject", "Date", "From", "To", "Content-Type", "Received", "References"};
  const Halves halves = halve(message);
  const auto lines = lines_of(halves.header);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool follows =
        i + 1 < lines.size() && lines[i].ends_with('>') && is_named(lines[i], "Message-ID") &&
        std::ranges::any_of(kKnown, [&](auto n) { return is_named(lines[i + 1], n); });
    out += lines[i] + (follows ? "" : "\n");
  }
  return out + halves.rest;
}

constexpr auto kText = DamageStage::text;
constexpr auto kBytes = DamageStage::bytes;

constexpr std::array kPastes = std::to_array<Damage>({
    {"grep -n", "prefix", kText, grep_numbers},
    {"grep -n with the file's name", "prefix", kText, grep_file_numbers},
    {"grep with the file's name", "prefix", kText, grep_file},
    {"cat -n", "prefix", kText, cat_numbers},
    {"nl", "prefix", kText, nl_numbers},
    {"less -N", "prefix", kText, less_numbers},
    {"an editor's numbers", "prefix", kText, editor_numbers},
    {"bars before the lines", "prefix", kText, bars},
    {"syslog's prefix", "prefix", kText, syslog},
    {"a SIEM's prefix", "prefix", kText, siem},
    {"a chat's name before each line", "prefix", kText, chat_lines},
    {"a chat's name before the first line", "prefix", kText, chat_first_line},
    {"a cell of a table", "wrapped", kText, table_cell},
    {"a row of a table", "wrapped", kText, table_row},
    {"\\n written out", "wrapped", kText, escaped_lf},
    {"bytes of Python with \\r\\n", "wrapped", kText, escaped_string},
    {"a code fence with prose", "fence", kText, code_fence},
    {"a fence of tildes", "fence", kText, tilde_fence},
    {"an SMTP session", "session", kText, smtp_session},
    {"the log of an SMTP session", "session", kText, smtp_log},
    {"binary bytes first", "front", kText, binary_head},
    {"zero-width spaces before fields", "signs", kText, zero_width},
    {"direction marks before lines", "signs", kText, direction_marks},
    {"full-width colons", "colons", kText, full_width_colons},
    {"bold names", "colons", kText, bold_names},
    {"names as code", "colons", kText, code_names},
    {"en dashes in zones", "dashes", kText, en_dash_zones},
    {"minus signs in zones", "dashes", kText, minus_sign_zones},
    {"no-break hyphens in names", "dashes", kText, no_break_hyphens},
    {"Slack's links", "mailto", kText, slack_links},
    {"Markdown's links", "mailto", kText, markdown_links},
    {"Slack's links of hosts", "hosts", kText, slack_hosts},
    {"Outlook's links of hosts", "hosts", kText, outlook_hosts},
    {"defanged hosts", "hosts", kText, defanged_hosts},
    {"defanged addresses", "mailto", kText, defanged_addresses},
    {"defanged literals", "literals", kText, defanged_literals},
    {"<br> at line ends", "markup", kText, breaks_at_line_ends},
    {"groups with four empty lines between", "blank", kText, groups},
    {"From written as >From", "from", kText, escaped_from},
    {"the Message-ID and the next field in one line", "together", kText, run_together},
    {"no-break indents in Latin-1", "bytes", kBytes, latin1_indents},
});

}  // namespace

std::span<const Damage> paste_damages() {
  return kPastes;
}

}  // namespace emltrace::test
